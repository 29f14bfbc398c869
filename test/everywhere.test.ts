/** The table of `npm run test:everywhere`, and what that calls a fault. */
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../tools/everywhere/outcome.ts'
import { faultsOf, isIn, tableOf, withTable } from '../tools/everywhere/table.ts'

const all = (total: number): Outcome['isomorphic'] => ({ passed: total, total })
const node: Outcome = { runtime: 'Node 20', version: '20.1.0', isomorphic: all(100), sync: all(50), faults: [], output: '' }
const browser: Outcome = { runtime: 'Chromium', version: '156.0', isomorphic: all(100), sync: undefined, faults: [], output: '' }

describe('the faults', () => {
  it('are none if each runtime has run the same tests and passed them all', () => {
    expect(faultsOf([node, browser])).toEqual([])
  })

  it('are a test that has not passed, and fewer tests than another runtime has run, of either kind', () => {
    expect(faultsOf([node, { ...browser, isomorphic: { passed: 99, total: 100 } }])).toEqual(['Chromium: 1 tests have not passed'])
    expect(faultsOf([node, { ...browser, isomorphic: all(99) }])).toEqual(['Chromium: it has run 99 tests of 100'])
    expect(faultsOf([node, { ...node, runtime: 'Deno', sync: all(0) }])).toEqual(['Deno: it has run 0 tests of 50'])
  })

  it('are what kept a runtime from running', () => {
    const missing = { ...browser, isomorphic: all(0), faults: ['it could not be started: no such file'] }
    expect(faultsOf([node, missing])).toEqual(['Chromium: it could not be started: no such file', 'Chromium: it has run 0 tests of 100'])
  })
})

describe('the table', () => {
  it('has a row for each runtime, as Prettier would write it', async () => {
    expect(await tableOf([node, { ...browser, isomorphic: { passed: 99, total: 100 } }])).toBe(
      [
        '| runtime  | version | `hs256`, `hs256/http` | `hs256/sync` |',
        '| -------- | ------- | --------------------: | -----------: |',
        '| Node 20  | 20.1.0  |                   100 |           50 |',
        '| Chromium | 156.0   |             99 of 100 |            – |',
      ].join('\n'),
    )
  })
  it('is found in a page with the same counts, of any versions, and in no other', async () => {
    const page = withTable('<!-- table --><!-- /table -->', await tableOf([node, browser]))
    expect(isIn(page, await tableOf([{ ...node, version: '20.123.4' }, browser]))).toBe(true)
    expect(isIn(page, await tableOf([node, { ...browser, isomorphic: all(101) }]))).toBe(false)
    expect(isIn(page, await tableOf([{ ...node, sync: all(49) }, browser]))).toBe(false)
    expect(isIn(page, await tableOf([node]))).toBe(false)
    expect(isIn('no table', await tableOf([node]))).toBe(false)
  })

  it('is put in its place in a page, which may be empty or hold another table', () => {
    const page = 'a\n\n<!-- table -->\n\nb | c\n\n<!-- /table -->\n\nd\n'
    expect(withTable('a\n\n<!-- table -->\n\n<!-- /table -->\n\nd\n', 'b | c')).toBe(page)
    expect(withTable(page, 'e')).toBe('a\n\n<!-- table -->\n\ne\n\n<!-- /table -->\n\nd\n')
    expect(() => withTable('a', 'b')).toThrow('the page lacks the place')
  })
})
