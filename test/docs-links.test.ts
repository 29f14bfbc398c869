/** What a page leads to is there: each relative link, anchor, command and line for a shell; and a measured number says what measures it. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { blocksOf, PAGES, read, ROOT } from './support/docs-pages.ts'

const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> }

/** A page without its code, where a number or a bracket is prose. */
const proseOf = (text: string): string => text.replaceAll(/^```.*?^```$/gms, '').replaceAll(/`[^`\n]*`/g, '``')

/** The links of a page that lead to somewhere in the repository, images and definitions among them: each a path and an anchor. */
function linksOf(page: string, text: string): readonly (readonly [target: string, anchor: string])[] {
  const inline = [...proseOf(text).matchAll(/\]\(<?([^()\s>]+)>?(?: "[^"]*")?\)/g)]
  const references = [...proseOf(text).matchAll(/^\[[^\]]+\]: +(\S+)$/gm)]
  const sources = [...text.matchAll(/ (?:src|srcset|href)="([^"]+)"/g)]
  return [...inline, ...references, ...sources].flatMap(([, url = '']) => {
    if (/^[a-z]+:/.test(url)) return []
    const [path = '', anchor = ''] = url.split('#')
    return [[path === '' ? page : join(dirname(page), path), anchor]]
  })
}

/** The anchors that GitHub gives to the headings of a page, but for a number after one that comes again. */
function anchorsOf(text: string): readonly string[] {
  return [...text.replaceAll(/^```.*?^```$/gms, '').matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading = '']) => {
    const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    return words.replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '').replaceAll(' ', '-')
  })
}

function brokenLinks(page: string, text: string): readonly string[] {
  return linksOf(page, text).flatMap(([target, anchor]) => {
    if (!existsSync(join(ROOT, target))) return [target]
    return anchor === '' || (target.endsWith('.md') && anchorsOf(read(target)).includes(anchor)) ? [] : [`${target}#${anchor}`]
  })
}

/** The commands of npm that a text names, and that do not exist. */
function missingCommands(text: string): readonly string[] {
  const named = [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(test|start)\b)/g)].map(([, script, own]) => script ?? own ?? '')
  return named.filter((script) => !Object.hasOwn(scripts, script))
}

/** The measured numbers of a page for which neither their section nor the page's first lines name a command. */
function unmeasuredNumbers(text: string): readonly string[] {
  const measured = /\d ?(?:kB|MB|µs|ms|ns|×|%|calls\/s)(?!\w)/
  const isMeasured = (section = ''): boolean => /\bnpm run [\w:-]+/.test(section)
  const [first = '', ...sections] = text.trim().split(/\n(?=#{1,6} )/)
  const unmeasured = isMeasured(first) ? [] : [first, ...sections].filter((section) => !isMeasured(section))
  return unmeasured.flatMap((section) => measured.exec(proseOf(section))?.[0] ?? [])
}

/** Lines without a command of ours: test/package installs the package, and test/foreign runs what makes a secret. */
const OTHERS = ['npm install hs256', 'export JWT_SECRET=$(openssl rand -base64 32)', 'openssl rand -base64 32']

/** The lines for a shell that name a command, or a path in its arguments, that does not exist. */
function wrongLines(text: string): readonly string[] {
  const lines = blocksOf('', text, 'sh').flatMap(({ code }) => code.split('\n').map((line) => line.replace(/ +#.*$/, '').trim()))
  return lines.filter((line) => {
    if (line === '' || OTHERS.includes(line)) return false
    const [, script = '/', paths = ''] =
      /^npm (?:run )?([\w:-]+)(?: -- (.+))?$/.exec(line) ?? /^(?:FC_\w+=-?\d+ )*npx (\w+)(?: (.+))$/.exec(line) ?? []
    const isThere = Object.hasOwn(scripts, script) || (script !== '/' && existsSync(join(ROOT, 'node_modules', '.bin', script)))
    return !isThere || paths.split(' ').some((word) => word.includes('/') && !existsSync(join(ROOT, word)))
  })
}

const faultsOf = (page: string, text: string) => ({
  links: brokenLinks(page, text),
  commands: missingCommands(text),
  lines: wrongLines(text),
  numbers: page === 'CHANGELOG.md' ? [] : unmeasuredNumbers(text),
})

describe('every page', () => {
  it.each(PAGES)('has links, commands and lines for a shell of what exists, and says what measured its numbers: %s', (page) => {
    expect(faultsOf(page, read(page))).toEqual({ links: [], commands: [], lines: [], numbers: [] })
  })

  it('lists every command in the table of CONTRIBUTING.md', () => {
    const named = [...read('CONTRIBUTING.md').matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) => cell.match(/[\w:-]+(?=`)/g) ?? [])
    const own = Object.keys(scripts).filter((script) => !/^(?:pre|post)/.test(script))
    expect(own.filter((script) => !named.includes(script))).toEqual([])
  })

  it('can be reached from README.md', () => {
    const reached = new Set(['README.md'])
    for (const page of reached)
      for (const [target] of linksOf(page, read(page)))
        for (const found of [target, join(target, 'README.md')]) if (PAGES.includes(found)) reached.add(found)
    expect(PAGES.filter((page) => !reached.has(page))).toEqual([])
  })
})

describe('the check of the pages', () => {
  it.each([
    ['links', '[a](gone.md) [b](#c) [d](README.md#hs256)\n\n[e]: f\n<img src="g">\n`[h](i)`', 'gone.md README.md#c f g'],
    ['commands', '`npm run gone`, npm test, npm start -- --once, npm install, npm run release:check.', 'gone release:check'],
    ['numbers', '# A\n\n## B\n\n6.5kB\n\n## C\n\n6.5 kB, by `npm run size`\n\n## D\n\n`1 kB`, 32 bytes, 3 of 4\n\n## E\n\n50%', '5kB 0%'],
    ['numbers', '# A page\n\nAll by `npm run bench`.\n\n## A section\n\n6.5 kB', ''],
  ] as const)('finds %s in %j', (kind, text, found) => {
    expect(faultsOf('README.md', text)[kind].join(' ')).toBe(found)
  })

  it('finds lines for a shell', () => {
    const right = ['npm run fuzz -- 1000000 --seed 5 # a comment', 'FC_RUNS=5 npx vitest run --project node test/properties']
    const gone = ['npm run gone', 'npm run mutate -- --mutate src/gone.ts', 'FC_RUNS=5 npx vitest run test/gone.test.ts']
    const wrong = [...gone, 'npm install gone', 'curl https://example.com']
    expect(wrongLines(`\`\`\`sh\n${[...right, ...wrong].join('\n')}\n\`\`\`\n`)).toEqual(wrong)
  })
})
