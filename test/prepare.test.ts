/** What a fresh clone shows while it installs and builds. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const clone = mkdtempSync(join(tmpdir(), 'clone-'))
for (const folder of ['tools', 'src', 'examples/adapters']) mkdirSync(join(clone, folder), { recursive: true })
cpSync(new URL('../tools/prepare.mjs', import.meta.url), join(clone, 'tools/prepare.mjs'))
writeFileSync(join(clone, 'package.json'), '{ "exports": { ".": "./dist/index.js" } }')
for (const name of ['package-lock.json', 'tsup.config.ts', 'tsconfig.json']) writeFileSync(join(clone, name), '')
afterAll(() => rmSync(clone, { recursive: true }))

/** Prepares the clone with a stand-in for npm. */
function prepare(npm: string, ...folders: readonly string[]) {
  writeFileSync(join(clone, 'npm.cjs'), npm)
  const env = { ...process.env, npm_execpath: join(clone, 'npm.cjs') }
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(clone, 'tools/prepare.mjs'), ...folders], { env, encoding: 'utf8' })
  return { status, output: stdout + stderr }
}

describe('tools/prepare.mjs', { timeout: 30_000 }, () => {
  it('shows what npm does, also in the folders that are named, and that it still works, and nothing of its output', () => {
    writeFileSync(join(clone, 'src/package-lock.json'), '')
    const npm = 'require("fs").writeFileSync("here", process.argv[2]); console.log("noise"); setTimeout(() => {}, 1500)'
    const { status, output } = prepare(npm, 'src')
    const [why, done] = ['nothing is installed yet: npm ci', String.raw`\.+ done in \d+ s\n`]
    expect(output).toMatch(new RegExp(`^${why} ${done}src: ${why} ${done}dist is not built yet: npm run build ${done}$`))
    expect(readFileSync(join(clone, 'src/here'), 'utf8')).toBe('ci')
    expect(status).toBe(0)
  })

  it('shows the output of npm if it fails', () => {
    const { status, output } = prepare('console.log("no such registry"); process.exit(7)')
    expect(output).toMatch(/^nothing is installed yet: npm ci \.* ?failed\nno such registry\n/)
    expect(status).toBe(1)
  })
})
