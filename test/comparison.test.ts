/** The tables that compare libraries tell what these do today. What differs from run to run, the times, is not compared. */
import { describe, expect, it } from 'vitest'
import { PAGES, tablesIn, withoutTimes, withTables } from '../tools/comparison/pages.ts'
import { sections } from '../tools/comparison/sections.ts'
import { read } from './support/docs-pages.ts'

describe('the comparison with other libraries', async () => {
  const tables = await sections()
  const places = PAGES.flatMap((page) => Object.entries(tablesIn(read(page))).map(([name, table]) => [page, name, table] as const))

  it.each(places)('is up to date: %s, %s (npm run comparison)', (_page, name, table) => {
    expect(withoutTimes(table)).toBe(withoutTimes(tables[name] ?? ''))
  })

  it('shows every table', () => {
    expect(places.map(([, name]) => name).sort()).toEqual(Object.keys(tables).sort())
  })

  it('has the number of right verdicts for each library that verifies, and all of them for hs256', () => {
    const [, , row = ''] = (tables['verdicts'] ?? '').split('\n')
    const [own = '', ...others] = row.split('|').map((cell) => cell.trim()).slice(2, -2) // prettier-ignore
    expect(own).toMatch(/^(\d+) of \1$/)
    expect(others).toEqual(others.map(() => expect.stringMatching(/^\d+ of \d+$/) as string))
  })
})

describe('the check of the comparison', () => {
  const page = 'a\n\n<!-- comparison: x -->\n\n| 1.5 × |\n\n<!-- /comparison -->\n\nb\n\n<!-- comparison: y -->\n<!-- /comparison -->\n'

  it('notices a different word, but not a different time', () => {
    expect(withoutTimes('| 1.50 ×, cache 0.59 × | yes |')).toBe(withoutTimes('| 1,012.5 ×, cache 10.59 × |  yes |'))
    expect(withoutTimes('| 1.50 × | yes |')).not.toBe(withoutTimes('| 1.50 × | – |'))
    expect(withoutTimes('| 6.4 kB |')).not.toBe(withoutTimes('| 6.5 kB |'))
  })

  it('writes each table in its place, and nothing else', () => {
    const written = withTables(page, { x: '| 2 |', y: '| 3 |' })
    expect(tablesIn(written)).toEqual({ x: '| 2 |', y: '| 3 |' })
    expect(withTables(written, tablesIn(page))).toBe(page.replace('y -->\n<', 'y -->\n\n\n\n<'))
    expect(() => withTables(page, { x: '' })).toThrow('there is no table y')
  })
})
