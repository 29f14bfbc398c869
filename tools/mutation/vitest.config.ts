/** The tests that judge mutants: those of src/ that run in one process, and wait for nobody. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const source = (file: string): string => fileURLToPath(new URL(`../../src/${file}`, import.meta.url))

/** Of other things than src/, of src/ as text, or as processes and over HTTP. */
const OTHERS =
  'adapters api architecture bench comparison compliance corpus-leaks corpus-sabotage demo* docs* everywhere fuzz globals interop load mutation package realms release security suites testing-page timing workflows'

/** The first test that fails ends the life of a mutant, so the slow ones come last, and the one that is all of them again at the very end. */
const LAST = ['errors', 'vectors', 'malformed', 'base64url', 'corpus', 'engines']

class QuickOnesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => LAST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
    return [...files].sort((one, other) => rank(one) - rank(other) || one.moduleId.localeCompare(other.moduleId))
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  resolve: {
    alias: [
      { find: /^hs256$/, replacement: source('index.ts') },
      { find: /^hs256\/http$/, replacement: source('http.ts') },
      { find: /^hs256\/sync$/, replacement: source('sync.ts') },
    ],
  },
  test: {
    include: ['test/*.test.ts'],
    exclude: OTHERS.split(' ').map((name) => `test/${name}.test.ts`),
    env: { FC_RUNS: '10' }, // a mutant that properties alone would find is worth an example of its own
    sequence: { sequencer: QuickOnesFirst },
  },
})
