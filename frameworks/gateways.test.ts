/** The table of requests through the adapters on real frameworks, as functions of Lambda. A file of its own: Express keeps a prototype for all its apps, which injected responses change. */
import { describeTable } from '../test/support/table.ts'
import { GATEWAYS } from './mounts.ts'

await describeTable(GATEWAYS)
