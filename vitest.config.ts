import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The tests read `hs256` as its users do, by its name, but from its sources. */
const alias = [
  { find: /^hs256$/, replacement: fileURLToPath(new URL('./src/index.ts', import.meta.url)) },
  { find: /^hs256\/sync$/, replacement: fileURLToPath(new URL('./src/sync.ts', import.meta.url)) },
]

export default defineConfig({
  resolve: { alias },
  test: {
    coverage: {
      include: ['src/**/*.ts'],
      thresholds: { 100: true },
      reporter: ['text', 'json-summary'],
    },
    projects: [
      { extends: true, test: { name: 'node', include: ['test/**/*.test.ts'], exclude: ['test/.cache/**'] } },
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
