/** The table of requests through the adapters on real frameworks, over real HTTP. A file of its own: Express keeps a prototype for all its apps, which injected responses change. */
import { describeTable } from '../test/support/table.ts'
import { SERVED } from './mounts.ts'

await describeTable(SERVED)
