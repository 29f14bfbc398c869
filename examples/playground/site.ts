/** The files of the playground: the page, and the library as one module for browsers. */
import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { build } from 'esbuild'

/** The served files: contents by path, without a leading slash. */
export type Site = ReadonlyMap<string, Uint8Array>

const PAGE = new URL('page/', import.meta.url)

/** Reads the page, and bundles the library from `dist/`. Not minified, so that anyone can read what runs. */
export async function readSite(): Promise<Site> {
  const { outputFiles } = await build({
    stdin: { contents: "export * from 'hs256'", resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'error',
  })
  const [bundle] = outputFiles
  if (bundle === undefined) throw new Error('esbuild wrote nothing')
  const page = readdirSync(PAGE)
    .filter((name) => ['.html', '.css', '.js'].includes(extname(name)))
    .map((name) => [name, readFileSync(new URL(name, PAGE))] as const)
  return new Map([...page, ['hs256.js', bundle.contents]])
}
