/** The page on RFC compliance names tests that exist, for every row and every section of RFC 7519; those that stand nowhere else are here. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createKey, sign, verify } from 'hs256'
import { describe, expect, it } from 'vitest'
import { read, ROOT } from './support/docs-pages.ts'

const PAGE = read('docs/compliance.md')
const key = createKey('a secret of more than thirty-two bytes')

/** What RFC 7519 asks of an implementation, by its table of contents. */
const SECTIONS = '2 3.1 4 4.1.1 4.1.2 4.1.3 4.1.4 4.1.5 4.1.6 4.1.7 4.2 4.3 5.1 5.2 5.3 6 7.1 7.2 7.3 8 11.1 12'.split(' ')

/** The tests that a text names, by file and title. */
function namedIn(text: string): readonly (readonly [file: string, title: string])[] {
  return [...text.matchAll(/\[`([^`]+)`\]\(\.\.\/(test\/[\w-]+\.test\.ts)\)/g)].map(([, title = '', file = '']) => [file, title] as const)
}

/** Whether a file has a test of this title, a row of a table of tests, or a group of them. */
function hasTest(source: string, title: string): boolean {
  const quoted = title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`[([]\\s*(['"\`])${quoted}\\1\\s*,`).test(source)
}

const rowsOf = (page: string): readonly string[] => page.split('\n').filter((line) => /^\|(?! section| the RFC says| -)/.test(line))

describe('the page on RFC compliance', () => {
  const named = namedIn(PAGE)

  it('names tests', () => {
    expect(named.length).toBeGreaterThan(50)
    expect(rowsOf(PAGE).length).toBeGreaterThan(50)
    expect(rowsOf(PAGE).filter((row) => namedIn(row).length === 0)).toEqual([])
  })

  it.each(named)('names one that exists: %s, %s', (file, title) => {
    expect(existsSync(join(ROOT, file)) && hasTest(read(file), title)).toBe(true)
  })

  it('has a row for each section of RFC 7519 that asks for something', () => {
    const [, part = ''] = PAGE.split('## RFC 7519\n')
    const listed = rowsOf(part).flatMap((row) =>
      row
        .split('|')[1]!
        .replaceAll(/\([^)]*\)/g, '')
        .split(',')
        .map((section) => section.trim()),
    )
    expect(SECTIONS.filter((section) => !listed.includes(section))).toEqual([])
  })
})

describe('the check of the page', () => {
  it('finds a test in each of its forms, and no other string', () => {
    const source =
      "it('is one', () => {})\nit.each(rows)(\n  \"is %s, isn't it\",\n  () => {})\n[['a row', 1]]\nconst text = 'is none'\n// it('is gone')"
    expect(['is one', "is %s, isn't it", 'a row', 'is none', 'is gone', 'is on'].map((title) => hasTest(source, title))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ])
    expect(namedIn('| 1 | a | [`b`](../test/c.test.ts), [d](../test/e.test.ts) |')).toEqual([['test/c.test.ts', 'b']])
  })
})

describe('verify', () => {
  it('accepts an iss with a colon that is not a URI', async () => {
    const token = await sign({ iss: '1:not a URI' }, key, { expiresIn: '1h' })
    expect((await verify(token, key, { issuer: '1:not a URI' })).claims.iss).toBe('1:not a URI')
  })

  it('accepts an unknown claim', async () => {
    const token = await sign({ 'https://example.com/is_root': true }, key, { expiresIn: '1h' })
    expect((await verify(token, key)).claims['https://example.com/is_root']).toBe(true)
  })
})
