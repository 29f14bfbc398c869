/** Every suite that signs and verifies through the public doors, once more over `node:crypto`. */
import { describe, vi } from 'vitest'

vi.mock('./support/engine.ts', () => import('./support/engine-sync.ts'))

const SUITES = ['keys', 'malformed', 'messages', 'mistakes', 'options', 'prepared', 'remember', 'rules', 'schema', 'sign']

describe.each(SUITES)('%s over node:crypto', async (suite) => {
  await import(`./${suite}.test.ts`)
})
