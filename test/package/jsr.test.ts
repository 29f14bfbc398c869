/** The sources as Deno and JSR would publish them: every public type can be told without inference ("no slow types"). */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { PROGRAMS, ROOT } from '../../tools/everywhere/runtimes.ts'
import { project } from './project.ts'
import { run } from './run.ts'

it('the package can be published: it has no slow types', () => {
  const exports = { '.': './src/index.ts', './http': './src/http.ts', './sync': './src/sync.ts' }
  const folder = project({ 'deno.json': JSON.stringify({ name: '@hs256/hs256', version: '1.0.0', license: 'MIT', exports }) })
  cpSync(join(ROOT, 'src'), join(folder, 'src'), { recursive: true })
  const [deno = ''] = PROGRAMS['Deno'] ?? []
  const printed = run([deno, 'publish', '--dry-run', '--allow-dirty', '--no-check'], folder)
  expect(printed).toContain('Checking for slow types')
  expect(printed).toContain('Dry run complete')
  expect(printed).not.toMatch(/^(?:warning|error)\b/m)
})
