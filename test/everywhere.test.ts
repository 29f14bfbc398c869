/** The table of `npm run test:everywhere`, and what that calls a fault. */
import { expect, it } from 'vitest'
import type { Outcome } from '../tools/everywhere/outcome.ts'
import { faultsOf, isIn, tableOf, withTable } from '../tools/everywhere/table.ts'

const all = (total: number): Outcome['isomorphic'] => ({ passed: total, total })
const node: Outcome = { runtime: 'Node 20', version: '20.1.0', isomorphic: all(100), sync: all(50), faults: [], output: '' }
const browser: Outcome = { runtime: 'Chromium', version: '156.0', isomorphic: all(100), sync: undefined, faults: [], output: '' }

it.each<[string, Outcome, readonly string[]]>([
  ['none if each runtime has run the same tests and passed them all', browser, []],
  ['a test that has not passed', { ...browser, isomorphic: { passed: 99, total: 100 } }, ['Chromium: 1 tests have not passed']],
  ['fewer tests than another runtime has run', { ...browser, isomorphic: all(99) }, ['Chromium: it has run 99 tests of 100']],
  ['fewer tests of hs256/sync', { ...node, runtime: 'Deno', sync: all(0) }, ['Deno: it has run 0 tests of 50']],
  ['what kept a runtime from running', { ...browser, faults: ['no such file'] }, ['Chromium: no such file']],
])('the faults are %s', (_what, outcome, faults) => {
  expect(faultsOf([node, outcome])).toEqual(faults)
})

it('the table is found in a page with the same counts, of any versions, and in no other', async () => {
  const page = withTable('a <!-- table -->\n\nb\n\n<!-- /table --> c', await tableOf([node, browser]))
  expect(page).toMatch(/^a <!-- table -->\n\n\| runtime .*\n\n<!-- \/table --> c$/s)
  expect(isIn(page, await tableOf([{ ...node, version: '20.123.4' }, browser]))).toBe(true)
  expect(isIn(page, await tableOf([node, { ...browser, isomorphic: all(101) }]))).toBe(false)
  expect(isIn(page, await tableOf([node, { ...browser, isomorphic: { passed: 99, total: 100 } }]))).toBe(false)
  expect(isIn(page, await tableOf([{ ...node, sync: all(49) }, browser]))).toBe(false)
  expect(isIn(page, await tableOf([node]))).toBe(false)
  expect(isIn('no table', await tableOf([node]))).toBe(false)
  expect(() => withTable('a', 'b')).toThrow('the page lacks the place')
})
