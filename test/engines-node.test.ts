/** The suites of what Node alone has, once more over `node:crypto`. */
import { describe, vi } from 'vitest'

vi.mock('./support/engine.ts', () => import('./support/engine-sync.ts'))

describe.each(['keys-node', 'mistakes-node', 'realms'])('%s over node:crypto', async (suite) => {
  await import(`./${suite}.test.ts`)
})
