/** The size of code in a browser: bundled, minified and gzipped. */
import { build } from 'esbuild'
import { gzipSync } from 'node:zlib'

/** The size in bytes of a module with all its imports. Throws if it does not bundle for a browser. */
export async function bundledSize(code: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    external: code.includes("'hs256/sync'") ? ['node:buffer', 'node:crypto'] : [],
    target: 'es2022',
    logLevel: 'silent',
  })
  const [bundle] = outputFiles
  if (bundle === undefined) throw new Error('esbuild wrote nothing')
  return gzipSync(bundle.contents, { level: 9 }).length
}
