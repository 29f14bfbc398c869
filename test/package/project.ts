/** Empty projects that have the packed package installed, and nothing else. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { inject, onTestFinished } from 'vitest'

/** Where the tools of users are installed: bundlers, Jest, jsdom, the versions of TypeScript. */
export const CONSUMERS: string = join(import.meta.dirname, '..', '..', 'tools', 'consumers', 'node_modules')

/** Makes a project of files, for the length of a test. */
export function project(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'hs256-project-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(inject('modules'), join(folder, 'node_modules'), { recursive: true })
  for (const [name, text] of Object.entries({ 'package.json': '{ "private": true }', ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}
