/** The suites of what Node alone has, once more over `node:crypto`. */
import { describe, vi } from 'vitest'

vi.mock('./engine.ts', () => import('./engine-sync.ts'))

describe.each(['keys-node', 'realms'])('%s over node:crypto', async (suite) => {
  await import(`./${suite}.test.ts`)
})
