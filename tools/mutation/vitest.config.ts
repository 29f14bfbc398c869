/** The tests that judge mutants: those of src/ that run in one process, and wait for nobody. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type Reporter, type TestSpecification } from 'vitest/node'
import { alias, tags } from '../../vitest.config.ts'

/** Of other things than src/, of src/ as text, or as processes and over HTTP; and two that are the other tests, or what they prove, once more. */
const OTHERS =
  'adapters api architecture bench comparison compliance corpus corpus-leaks corpus-sabotage demo* docs* engines engines-node everywhere fuzz globals interop load mutation package performance-page realms release security suites testing-page timing workflows'

/** The first test that fails ends the life of a mutant, so the slow ones come last. */
const LAST = ['errors', 'vectors', 'malformed', 'base64url']

/** The files that have failed, the last one first: mutants come file by file, and what has killed one often kills the next. */
let killers: readonly string[] = []

class KillersFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const age = ({ moduleId }: TestSpecification): number => (killers.includes(moduleId) ? killers.indexOf(moduleId) : killers.length)
    const slowness = ({ moduleId }: TestSpecification): number => LAST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
    return [...files].sort(
      (one, other) => age(one) - age(other) || slowness(one) - slowness(other) || one.moduleId.localeCompare(other.moduleId),
    )
  }
}

const remember: Reporter = {
  onTestModuleEnd(module) {
    if (module.children.allTests('failed').next().value)
      killers = [module.moduleId, ...killers.filter((moduleId) => moduleId !== module.moduleId)]
  },
}

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  resolve: { alias },
  test: {
    tags: tags.map((tag) => ({ ...tag, skip: true })), // a large input shows nothing of a mutant that a small one does not
    include: ['test/*.test.ts'],
    exclude: OTHERS.split(' ').map((name) => `test/${name}.test.ts`),
    isolate: false, // to start a worker for each file takes longer than its tests; none of them may import another
    runner: fileURLToPath(new URL('runner.ts', import.meta.url)),
    testTimeout: 60_000, // a test that is slow on a busy machine kills nobody
    env: { FC_RUNS: '10' }, // a mutant that properties alone would find is worth an example of its own
    sequence: { sequencer: KillersFirst },
    reporters: [remember],
  },
})
