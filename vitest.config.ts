import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (file: string): string => fileURLToPath(new URL(`./src/${file}`, import.meta.url))

/** The tests read `hs256` as its users do, by its names, but from its sources. */
export const alias = [
  { find: /^hs256$/, replacement: source('index.ts') },
  { find: /^hs256\/http$/, replacement: source('http.ts') },
  { find: /^hs256\/sync$/, replacement: source('sync.ts') },
  { find: /^hs256\/adapters\/(.+)$/, replacement: source('../examples/adapters/$1.ts') },
]

/** What a test may say of itself. */
export const tags = [{ name: 'large', description: 'of an input of 20 000 members and more, or of thousands of inputs' }]

/** Tests that take long and rarely fail: `.ci/run` runs them, `npm test` does not. */
const SLOW = ['corpus-sabotage', 'demo-rotation', 'package'].map((name) => `test/${name}.test.ts`)

export default defineConfig({
  resolve: { alias },
  test: {
    tags,
    coverage: {
      include: ['src/**/*.ts'],
      thresholds: { 100: true },
      reporter: ['text', 'json-summary'],
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          pool: 'threads', // they start faster than processes
          ...(!process.env['CI'] && { maxWorkers: '100%' }), // the default leaves one core idle, which CI uses for its other lane
          include: ['test/**/*.test.ts'],
          exclude: [...['.cache', 'e2e', 'foreign', 'package', 'playground'].map((folder) => `test/${folder}/**`), ...SLOW],
        },
      },
      { extends: true, test: { name: 'slow', include: SLOW } },
      // Apart from `npm test`, as not every machine has browsers, or Python with Flask and PyJWT.
      { extends: true, test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'playground',
          include: ['test/playground/**/*.test.ts'],
          testTimeout: 30_000,
          expect: { poll: { timeout: 10_000 } },
        },
      },
      {
        extends: true,
        test: { name: 'package', include: ['test/package/**/*.test.ts'], globalSetup: 'test/package/setup.ts', testTimeout: 180_000 },
      },
      {
        extends: true,
        resolve: { mainFields: [], extensions: ['.js', '.ts'] }, // as in Node, or graphql would be loaded twice
        test: { name: 'frameworks', include: ['frameworks/*.test.ts'], globalSetup: 'frameworks/setup.ts', testTimeout: 10_000 },
      },
      { extends: true, test: { name: 'foreign', include: ['test/foreign/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'types',
          include: [],
          typecheck: { enabled: true, only: true, include: ['test/**/*.test-d.ts'], tsconfig: './tsconfig.test.json' },
        },
      },
    ],
  },
})
