/** Builds and packs the package, from a copy of its sources in a folder of its own: what else lies about in the repository has no part in it. */
import { cpSync, existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../support/docs-pages.ts'
import { run } from './run.ts'

const FILES = ['package.json', 'tsconfig.json', 'tsup.config.ts', 'LICENSE', 'README.md', 'CHANGELOG.md']
const SOURCES = ['src', 'examples/adapters', 'adapters', 'http', 'sync', ...FILES]

/** What `npm pack` says of the tarball. */
export interface Packed {
  readonly tarball: string
  readonly integrity: string
  readonly files: readonly string[]
}

export function pack(folder: string): Packed {
  for (const name of SOURCES.filter((name) => existsSync(join(ROOT, name))))
    cpSync(join(ROOT, name), join(folder, name), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  run([process.execPath, 'node_modules/tsup/dist/cli-default.js', '--silent'], folder)
  const [packed] = JSON.parse(run(['npm', 'pack', '--json', '--ignore-scripts', '--loglevel=error'], folder)) as readonly [
    { readonly filename: string; readonly integrity: string; readonly files: readonly { readonly path: string }[] },
  ]
  const files = packed.files.map(({ path }) => path)
  return { tarball: join(folder, packed.filename), integrity: packed.integrity, files }
}
