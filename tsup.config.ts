import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'tsup'

/** Takes out of the maps of CommonJS, which name their own file by its whole path, where it was built: a build is the same anywhere. */
function forgetPlace(): void {
  const place = JSON.stringify(join(process.cwd(), 'dist', '/')).slice(1, -1)
  for (const file of readdirSync('dist').filter((name) => name.endsWith('.cjs.map')))
    writeFileSync(join('dist', file), readFileSync(join('dist', file), 'utf8').replaceAll(place, ''))
}

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
  onSuccess: async () => forgetPlace(),
  dts: { compilerOptions: { ignoreDeprecations: '6.0', stripInternal: true } },
})
