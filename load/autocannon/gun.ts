/** autocannon, in a folder of its own, so that nobody but whoever loads installs it. */
import autocannon from 'autocannon'

export { autocannon }
export type { Request, Result } from 'autocannon'
