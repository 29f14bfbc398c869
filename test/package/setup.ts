/** Packs the package once for all tests of this folder, and installs it into an empty project, which they copy. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { install } from '../../tools/install.ts'
import { ROOT } from '../support/docs-pages.ts'
import { pack, type Packed } from './pack.ts'
import { run } from './run.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly packed: Packed
    /** A `node_modules` that holds the package alone, as npm has installed it. */
    readonly modules: string
  }
}

export function setup({ provide }: TestProject): () => void {
  for (const name of ['runtimes', 'consumers', 'loggers']) install(join(ROOT, 'tools', name))
  const folder = mkdtempSync(join(tmpdir(), 'hs256-package-'))
  const packed = pack(join(folder, 'source'))
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  run(['npm', 'install', '--offline', '--no-audit', '--no-fund', packed.tarball], folder)
  provide('packed', packed)
  provide('modules', join(folder, 'node_modules'))
  return () => rmSync(folder, { recursive: true, force: true })
}
