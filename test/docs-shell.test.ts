/** The lines for a shell in the docs: each is a command that is here, of files that are here. What makes a secret runs in test/foreign. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { blocksOf, PAGES, read, ROOT } from './support/docs-pages.ts'

const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> }

/** What npm is told without a script of ours: test/package installs the package, from its tarball. */
const OF_NPM = ['npm install hs256']
const OF_OPENSSL = ['export JWT_SECRET=$(openssl rand -base64 32)', 'openssl rand -base64 32']

/** The lines of a page that are for a shell, without comments. */
const linesOf = (page: string): readonly string[] =>
  blocksOf(page, read(page), 'sh').flatMap(({ code }) =>
    code
      .split('\n')
      .map((line) => line.replace(/ +#.*$/, '').trim())
      .filter(Boolean),
  )

/** What is wrong with a line, where something is. */
function faultOf(line: string): string | undefined {
  if (OF_NPM.includes(line) || OF_OPENSSL.includes(line)) return undefined
  const [, script, paths = ''] =
    /^npm (?:run )?([\w:-]+)(?: -- (.+))?$/.exec(line) ?? /^(?:FC_\w+=-?\d+ )*npx (\w+)(?: (.+))$/.exec(line) ?? []
  if (script === undefined) return `no command of ours: ${line}`
  const isThere = Object.hasOwn(scripts, script) || existsSync(join(ROOT, 'node_modules', '.bin', script))
  const gone = paths.split(' ').filter((word) => word.includes('/') && !existsSync(join(ROOT, word)))
  return isThere ? gone.map((path) => `no ${path}: ${line}`)[0] : `no ${script}: ${line}`
}

describe('the lines for a shell', () => {
  it.each(PAGES.filter((page) => linesOf(page).length > 0))('use only commands that exist: %s', (page) => {
    expect(linesOf(page).flatMap((line) => faultOf(line) ?? [])).toEqual([])
  })

  it('are read by a check that finds what does not exist', () => {
    for (const [line, fault] of [
      ['npm run fuzz -- 1000000 --seed 5', undefined],
      ['FC_RUNS=5 npx vitest run --project node test/properties', undefined],
      ['npm run gone', 'no gone'],
      ['npm run mutate -- --mutate src/gone.ts', 'no src/gone.ts'],
      ['FC_RUNS=5 npx vitest run test/gone.test.ts', 'no test/gone.test.ts'],
      ['npm install gone', 'no command of ours'],
      ['curl https://example.com', 'no command of ours'],
    ] as const)
      expect(faultOf(line)).toBe(fault && `${fault}: ${line}`)
  })
})
