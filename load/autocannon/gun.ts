/** autocannon, in its own folder, so that only the load test installs it. */
import autocannon from 'autocannon'

export { autocannon }
export type { Request, Result } from 'autocannon'
