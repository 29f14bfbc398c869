/** Every suite that signs and verifies through the public doors, once more over `node:crypto`. */
import { describe, vi } from 'vitest'

vi.mock('./engine.ts', () => import('./engine-sync.ts'))

const SUITES = ['keys', 'malformed', 'options', 'properties', 'rules', 'schema', 'sign']

describe.each(SUITES)('%s over node:crypto', async (suite) => {
  await import(`./${suite}.test.ts`)
})
