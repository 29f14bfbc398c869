/** What a page leads to is there: every relative link, every anchor, every command, every line for a shell; and a measured number says what measures it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { anchorsOf, blocksOf, brokenOf, linksOf, PAGES, proseOf, read, ROOT } from './support/docs-pages.ts'

const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> }

/** The commands of npm that a text names. */
function commandsOf(text: string): readonly string[] {
  return [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(test|start)\b)/g)].map(([, script, own]) => script ?? own ?? '')
}

/** The measured numbers of a page for which neither their section nor the page's first lines name a command. */
function unmeasuredOf(text: string): readonly string[] {
  const measured = /\d ?(?:kB|MB|µs|ms|ns|×|%|calls\/s)(?!\w)/
  const isMeasured = (section = ''): boolean => /\bnpm run [\w:-]+/.test(section)
  const [first = '', ...sections] = text.trim().split(/\n(?=#{1,6} )/)
  const unmeasured = isMeasured(first) ? [] : [first, ...sections].filter((section) => !isMeasured(section))
  return unmeasured.flatMap((section) => measured.exec(proseOf(section))?.[0] ?? [])
}

/** Lines without a command of ours: test/package installs the package, and test/foreign runs what makes a secret. */
const OTHERS = ['npm install hs256', 'export JWT_SECRET=$(openssl rand -base64 32)', 'openssl rand -base64 32']

/** The lines of a page that are for a shell, without comments. */
const shellLinesOf = (page: string): readonly string[] =>
  blocksOf(page, read(page), 'sh').flatMap(({ code }) =>
    code
      .split('\n')
      .map((line) => line.replace(/ +#.*$/, '').trim())
      .filter(Boolean),
  )

/** What is wrong with a line, where something is. */
function faultOf(line: string): string | undefined {
  if (OTHERS.includes(line)) return undefined
  const [, script, paths = ''] =
    /^npm (?:run )?([\w:-]+)(?: -- (.+))?$/.exec(line) ?? /^(?:FC_\w+=-?\d+ )*npx (\w+)(?: (.+))$/.exec(line) ?? []
  if (script === undefined) return `no command of ours: ${line}`
  const isThere = Object.hasOwn(scripts, script) || existsSync(join(ROOT, 'node_modules', '.bin', script))
  const gone = paths.split(' ').filter((word) => word.includes('/') && !existsSync(join(ROOT, word)))
  return isThere ? gone.map((path) => `no ${path}: ${line}`)[0] : `no ${script}: ${line}`
}

describe('every page', () => {
  it.each(PAGES)('has no broken link: %s', (page) => {
    expect(linksOf(page, read(page)).flatMap(brokenOf)).toEqual([])
  })

  it.each(PAGES)('names only commands that exist: %s', (page) => {
    expect(commandsOf(read(page)).filter((script) => !Object.hasOwn(scripts, script))).toEqual([])
  })

  it.each(PAGES.filter((page) => page !== 'CHANGELOG.md'))('says what measured its numbers: %s', (page) => {
    expect(unmeasuredOf(read(page))).toEqual([])
  })

  it.each(PAGES.filter((page) => shellLinesOf(page).length > 0))('tells a shell only what exists: %s', (page) => {
    expect(shellLinesOf(page).flatMap((line) => faultOf(line) ?? [])).toEqual([])
  })

  it('lists every command in the table of CONTRIBUTING.md', () => {
    const named = [...read('CONTRIBUTING.md').matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) => cell.match(/[\w:-]+(?=`)/g) ?? [])
    const own = Object.keys(scripts).filter((script) => !/^(?:pre|post)/.test(script))
    expect(own.filter((script) => !named.includes(script))).toEqual([])
  })

  it('can be reached from README.md', () => {
    const reached = new Set(['README.md'])
    for (const page of reached) {
      const targets = linksOf(page, read(page)).flatMap(({ target }) => [target, join(target, 'README.md')])
      for (const target of targets) if (PAGES.includes(target)) reached.add(target)
    }
    expect(PAGES.filter((page) => !reached.has(page))).toEqual([])
  })
})

describe('the check of the pages', () => {
  it('finds a broken link, and an anchor without a heading', () => {
    const page =
      '[a](docs/gone.md) [b](#gone) [c](README.md) [d](README.md#hs256) ![e](gone.svg)\n\n[f]: gone\n<img src="gone.png">\n`[g](gone)`\n'
    const broken = ['docs/gone.md', 'README.md#gone', 'gone.svg', 'gone', 'gone.png']
    expect(linksOf('README.md', page).flatMap(brokenOf)).toEqual(broken.map((target) => `README.md → ${target}`))
  })

  it('makes anchors as GitHub does', () => {
    const headings =
      '# `verify(token)` & more\n## Was _that_ it?\n## ERR_JWT_CLAIM\n## ERR_JWT_CLAIM\n```\n# none\n```\n## [A link](x) – über'
    expect(anchorsOf(headings)).toEqual(['verifytoken--more', 'was-_that_-it', 'err_jwt_claim', 'err_jwt_claim-1', 'a-link--über'])
  })

  it('finds a command that does not exist, and a number that nothing measures', () => {
    const text = '`npm run gone`, npm test, npm start -- --once, npm install, npm run release:check.'
    expect(commandsOf(text)).toEqual(['gone', 'test', 'start', 'release:check'])
    const sections = ['6.5 kB', '6.5 kB, by `npm run size`', '`1 kB`, 32 bytes, 3 of 4, 4 × 4', '1.3 × as fast', '50%']
    expect(sections.flatMap((section) => unmeasuredOf(`# A page\n\n## A section\n\n${section}`))).toEqual(['5 kB', '4 ×', '3 ×', '0%'])
    expect(unmeasuredOf('# A page\n\nAll by `npm run bench`.\n\n## A section\n\n6.5 kB')).toEqual([])
  })

  it.each([
    ['npm run fuzz -- 1000000 --seed 5', undefined],
    ['FC_RUNS=5 npx vitest run --project node test/properties', undefined],
    ['npm run gone', 'no gone'],
    ['npm run mutate -- --mutate src/gone.ts', 'no src/gone.ts'],
    ['FC_RUNS=5 npx vitest run test/gone.test.ts', 'no test/gone.test.ts'],
    ['npm install gone', 'no command of ours'],
    ['curl https://example.com', 'no command of ours'],
  ])('finds what does not exist in a line for a shell: %s', (line, fault) => {
    expect(faultOf(line)).toBe(fault && `${fault}: ${line}`)
  })
})
