import { describe, expect, it } from 'vitest'
import { exponentOf, GOALS, isMet, type Goal } from '../bench/goals.ts'
import type { RaceRecord, Run } from '../bench/results.ts'
import { placed } from '../bench/table.ts'

const record = (task: string, medians: Readonly<Record<string, number>>): RaceRecord => {
  const rows = Object.entries(medians).map(([name, median]) => ({ name, note: '', median, cpu: 0 }))
  return { task, variant: '268 characters', inFlight: 0, rows }
}
const UNKNOWN = { date: '', command: '', method: '', machine: '', heap: [] }
const run = (node: string, ...races: readonly RaceRecord[]): Run => ({ ...UNKNOWN, node, races })

describe('a goal', () => {
  const verifying = (own: number, peer: number): RaceRecord =>
    record('verify synchronously', { 'bare work': 1, 'hs256/sync': own, 'fast-jwt': peer })
  const named = (start: string): Goal => GOALS.find(({ what }) => what.startsWith(start))!

  it('is a ratio of medians in one race, met on its limit, and not beyond', () => {
    const atMost = named('createVerifierSync / bare work, 268')
    expect([1.11, 1.12, 1.13].map((own) => isMet(atMost, run('24.0.0', verifying(own, 2))))).toEqual([true, true, false])
    const atLeast = named('fast-jwt without cache / createVerifierSync, 268')
    expect([1.59, 1.6, 1.61].map((peer) => isMet(atLeast, run('24.0.0', verifying(1, peer))))).toEqual([false, true, true])
    for (const races of [[], [record('verify synchronously', {})]]) expect(isMet(atLeast, run('24.0.0', ...races))).toBeUndefined()
  })

  it('may depend on the version of Node', () => {
    const signing = record('sign synchronously', { 'bare work': 1, 'hs256/sync': 1.1 })
    const nodes = ['20.1.0', '24.1.0', '26.1.0']
    expect(nodes.map((node) => isMet(named('createSignerSync / bare work'), run(node, signing)))).toEqual([false, true, true])
  })

  it('takes the worst of several values', () => {
    const heap = [[0, 1024], [0, 2 * 1024 ** 2]].map((bytes) => ({ title: '', calls: 1, bytes })) // prettier-ignore
    expect(named('kB left').value({ ...run('24.0.0'), heap })).toBe(2048)
  })
})

it.each([
  ['constant', 0, () => 7],
  ['linear', 1, (size: number) => 3 * size],
  ['quadratic', 2, (size: number) => size ** 2 / 5],
  ['n log n', 1.1, (size: number) => size * Math.log(size)],
])('exponentOf says of %s cost about %d', (_, power, cost) => {
  const costs = [256, 1024, 4096, 1_048_576].map((size) => [size, cost(size)] as const)
  expect(exponentOf(record('', Object.fromEntries(costs)))).toBeCloseTo(power, 1)
})

it('placed writes a text between its marks, and nothing else, and throws without them', () => {
  const page = 'a\n\n<!-- x -->\n\n1\n\n<!-- /x -->\n\nb\n\n<!-- y -->\n\n2\n\n<!-- /y -->\n'
  expect(placed(page, 'x', '3')).toBe(page.replace('1', '3'))
  expect(() => placed(page, 'z', '3')).toThrow(TypeError)
})
