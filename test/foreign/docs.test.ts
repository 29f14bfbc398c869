/** Docs run: every block of Python in the guides is executed, and what makes a secret in a shell. Needs python3 with flask and jwt, and openssl. */
import { spawnSync } from 'node:child_process'
import { createKey } from 'hs256'
import { describe, expect, it } from 'vitest'
import { blocksOf, PAGES, read } from '../support/docs-pages.ts'

const PYTHON = process.env['PYTHON'] ?? '/usr/bin/python3'
const BLOCKS = PAGES.flatMap((page) => blocksOf(page, read(page), 'python'))

/** Runs Python in which `value  # → expected` is an assertion; gives what it has to say against it. */
function run(code: string): string {
  const checked = code.replaceAll(/^( *)(\S.*?) {2}# → (.+)$/gm, '$1assert ($2) == ($3), ($2)')
  const { status, stderr, error } = spawnSync(PYTHON, ['-'], {
    input: checked,
    encoding: 'utf8',
    env: { ...process.env, JWT_SECRET: 'a secret for the docs, of 32 bytes and more', PYTHONIOENCODING: 'utf8' },
  })
  return status === 0 ? '' : stderr || String(error)
}

describe('the Python in the docs', () => {
  it.each(BLOCKS)('runs: $title', { timeout: 60_000 }, ({ code }) => {
    expect(run(code)).toBe('')
  })

  it('is found, and a wrong value fails the run', () => {
    expect(BLOCKS.length).toBeGreaterThanOrEqual(3)
    expect(run('1 + 1  # → 3\n')).toContain('AssertionError: 2')
  })
})

it('the lines for a shell that make a secret run', () => {
  const lines = PAGES.flatMap((page) => blocksOf(page, read(page), 'sh')).flatMap(({ code }) => code.match(/^.*openssl.*$/gm) ?? [])
  expect(lines.length).toBeGreaterThanOrEqual(2)
  for (const line of lines) {
    const script = line.startsWith('export') ? `${line}\necho "$JWT_SECRET"` : line
    const { stdout } = spawnSync('sh', ['-euc', script], { encoding: 'utf8' })
    expect(createKey(stdout.trim()).kid).toBeUndefined()
  }
})
