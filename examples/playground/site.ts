/** The files of the playground: the page as it is, and the library as one module that a browser can load. */
import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { build } from 'esbuild'

/** What is served: contents by path, without a leading slash. */
export type Site = ReadonlyMap<string, Uint8Array>

const PAGE = new URL('page/', import.meta.url)

/** Reads the page and bundles the library, from `dist/`. Not minified: whoever wants to know what runs can read it. */
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
