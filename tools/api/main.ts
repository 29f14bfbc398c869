/** Writes docs/api.txt, the public API of the three entry points. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { apiReport } from './report.ts'

writeFileSync(join(import.meta.dirname, '..', '..', 'docs', 'api.txt'), apiReport())
