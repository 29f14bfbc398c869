/** The sources as Deno and JSR would publish them: every public type can be told without inference ("no slow types"). */
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { PROGRAMS } from '../../tools/everywhere/runtimes.ts'
import { project } from './project.ts'
import { run } from './run.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const [deno = ''] = PROGRAMS['Deno'] ?? []

function publish(change: (source: string) => string = (source) => source): string {
  const exports = { '.': './src/index.ts', './http': './src/http.ts', './sync': './src/sync.ts' }
  const folder = project({ 'deno.json': JSON.stringify({ name: '@hs256/hs256', version: '1.0.0', license: 'MIT', exports }) })
  cpSync(join(ROOT, 'src'), join(folder, 'src'), { recursive: true })
  const door = join(folder, 'src/index.ts')
  writeFileSync(door, change(readFileSync(door, 'utf8')))
  return run([deno, 'publish', '--dry-run', '--allow-dirty', '--no-check'], folder)
}

it('the package can be published: it has no slow types', () => {
  const printed = publish()
  expect(printed).toContain('Dry run complete')
  expect(printed).not.toMatch(/^(?:warning|error)\b/m)
})

it('the package could not be published with a slow type: the check sees it', () => {
  expect(() => publish((source) => `${source}export const slow = [1].map(String)\n`)).toThrow('missing-explicit-type')
})
