/** The suites wherever this Node can run them: in Node itself, edge-runtime and the browsers. */
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { alias, tags } from '../../vitest.config.ts'
import { browsers } from './browsers.ts'
import { filesOf, ISOMORPHIC, SYNCHRONOUS } from './suites.ts'

const isomorphic = filesOf(ISOMORPHIC)

export default defineConfig({
  root: join(import.meta.dirname, '..', '..'),
  resolve: { alias },
  test: {
    tags,
    testTimeout: 60_000, // a busy machine is not a fault of a runtime
    isolate: false, // `npm test` isolates them; a new worker for each file would take longer than all tests
    server: { deps: { inline: ['zod'] } }, // Bun does not find `z` in it if vitest leaves the import to the runtime
    projects: [
      { extends: true, test: { name: 'isomorphic', include: isomorphic } },
      { extends: true, test: { name: 'sync', include: filesOf(SYNCHRONOUS) } },
      // In its own context, with the globals of an edge runtime and no others.
      { extends: true, test: { name: 'edge', include: isomorphic, environment: 'edge-runtime', pool: 'vmThreads' } },
      {
        extends: true,
        test: {
          name: 'browser',
          include: isomorphic,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            ui: false,
            screenshotFailures: false,
            provider: browsers,
            instances: [{ browser: 'chromium' }, { browser: 'firefox' }, { browser: 'webkit' }],
          },
        },
      },
    ],
  },
})
