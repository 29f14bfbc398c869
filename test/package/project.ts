/** Empty projects that have the packed package installed, and nothing else unless told. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { inject, onTestFinished } from 'vitest'
import { ROOT } from '../support/docs-pages.ts'
import { run } from './run.ts'

/** Where the tools of users are installed: bundlers, Jest, jsdom, the versions of TypeScript. */
export const CONSUMERS: string = join(ROOT, 'tools', 'consumers', 'node_modules')

export const ADAPTERS: readonly string[] = readdirSync(join(ROOT, 'examples', 'adapters'))
  .filter((file) => file !== 'guarded.ts')
  .map((file) => file.replace('.ts', ''))

type Files = Readonly<Record<string, string>>

/** Makes a project of files, and of packages that are in another `node_modules`, for the length of a test. */
export function project(files: Files, packages: readonly string[] = [], modules = ''): string {
  const folder = mkdtempSync(join(tmpdir(), 'hs256-project-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(inject('modules'), join(folder, 'node_modules'), { recursive: true })
  for (const name of packages) {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true })
    symlinkSync(join(modules, name), join(folder, 'node_modules', name))
  }
  for (const [name, text] of Object.entries({ 'package.json': '{ "private": true }', ...files })) writeFileSync(join(folder, name), text)
  return folder
}

const STRICT = { module: 'node16', types: [], target: 'es2022', strict: true, noEmit: true }

/** Compiles files with a version of TypeScript, and gives what it says; where it finds an error, that is thrown. */
export function compile(compiler: string, files: Files, options: object, packages: readonly string[] = []): string {
  const config = JSON.stringify({ compilerOptions: { ...STRICT, ...options }, files: Object.keys(files) })
  const folder = project({ ...files, 'tsconfig.json': config }, packages, join(ROOT, 'node_modules'))
  return run([process.execPath, join(CONSUMERS, compiler, 'bin/tsc'), '-p', '.'], folder)
}

/** The same text as an ES module and as CommonJS, where the resolution of modules distinguishes them. */
export function consumers(moduleResolution: string, text: string): Files {
  return moduleResolution === 'node16' ? { 'consumer.mts': text, 'consumer.cts': text } : { 'consumer.ts': text }
}
