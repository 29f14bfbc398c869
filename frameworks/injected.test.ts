/** The table of requests through the adapters on real frameworks, called without a server. A file of its own: Express keeps a prototype for all its apps, which injected responses change. */
import { describeTable } from '../test/support/table.ts'
import { INJECTED } from './mounts.ts'

await describeTable(INJECTED)
