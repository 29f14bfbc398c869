/** The tests that run against mutants: those of src/ that run in one process without external programs. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type Reporter, type TestSpecification } from 'vitest/node'
import { alias, tags } from '../../vitest.config.ts'

/** Excluded: tests of things other than src/, tests that read src/ as text, tests over processes and HTTP, and those that repeat the others. */
const OTHERS =
  'adapters architecture bench compliance corpus-sabotage demo* docs* engines engines-node errors-page everywhere fuzz globals interop keys-from-file leaks-node load messages-pinned minimal package performance-page prepare realms remember-heap-node revocation security suites systems-page testing-page timing types-rejected workflows'

/** The first failed test ends the run of a mutant, so the slow files come last. */
const LAST = ['errors', 'vectors', 'malformed', 'base64url', 'corpus']

/** The files that have failed, the latest first: mutants come file by file, and a file that killed one often kills the next. */
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
    tags: tags.map((tag) => ({ ...tag, skip: true })), // a large input detects no mutant that a small one does not
    include: ['test/*.test.ts'],
    exclude: OTHERS.split(' ').map((name) => `test/${name}.test.ts`),
    isolate: false, // starting a worker for each file takes longer than its tests; they must not import each other
    runner: fileURLToPath(new URL('runner.ts', import.meta.url)),
    testTimeout: 60_000, // a test that is only slow must not kill a mutant
    env: { FC_RUNS: '10' }, // a mutant that only properties detect needs its own test
    sequence: { sequencer: KillersFirst },
    reporters: [remember],
  },
})
