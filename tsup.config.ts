import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'tsup'

/** Takes out of the maps of CommonJS, which name their own file by its whole path, where it was built: a build is the same anywhere. */
function forgetPlace(): void {
  const place = JSON.stringify(join(process.cwd(), 'dist', '/')).slice(1, -1)
  const files = readdirSync('dist', { recursive: true, encoding: 'utf8' })
  for (const file of files.filter((name) => name.endsWith('.cjs.map')))
    writeFileSync(join('dist', file), readFileSync(join('dist', file), 'utf8').replaceAll(place, ''))
}

const ADAPTERS = 'express fastify fetch hono koa lambda elysia nest node-http ws'.split(' ')

/** The names by which the adapters import the library, as users do: a copy of its own would reject the keys of `hs256`. */
const OWN = ['hs256', 'hs256/http']

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    sync: 'src/sync.ts',
    http: 'src/http.ts',
    ...Object.fromEntries(ADAPTERS.map((name) => [`adapters/${name}`, `examples/adapters/${name}.ts`])),
  },
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'neutral',
  splitting: true,
  external: [...OWN, 'hono', /^node:/],
  removeNodeProtocol: false, // Deno and Workers know node:crypto by that name alone
  sourcemap: true,
  clean: true,
  onSuccess: async () => forgetPlace(),
  dts: {
    compilerOptions: {
      ignoreDeprecations: '6.0',
      stripInternal: true,
      rootDir: '.',
      types: ['node'],
      paths: { hs256: ['./src/index.ts'], 'hs256/http': ['./src/http.ts'] },
    },
  },
})
