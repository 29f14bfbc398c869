import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/index.ts', 'src/sync.ts', 'src/http.ts'],
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'neutral',
  splitting: true,
  external: ['node:crypto'],
  removeNodeProtocol: false, // Deno and Workers know node:crypto by that name alone
  sourcemap: true,
  clean: true,
  dts: { compilerOptions: { ignoreDeprecations: '6.0', stripInternal: true } },
})
