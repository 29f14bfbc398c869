/** Every property of tokens, once more over `node:crypto`. */
import { describe, vi } from 'vitest'

vi.mock('../support/engine.ts', () => import('../support/engine-sync.ts'))

const SUITES = ['anything', 'numbers', 'round-trips', 'spellings', 'times', 'unchanged']

describe.each(SUITES)('%s over node:crypto', async (suite) => {
  await import(`./${suite}.test.ts`)
})
