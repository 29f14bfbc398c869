import { describe, expect, it } from 'vitest'
import { exponent, median, quantile, ratios, spread } from '../bench/statistics.ts'
import { table } from '../bench/table.ts'

describe('median', () => {
  it('is the middle value, in any order', () => {
    expect(median([9, 1, 5])).toBe(5)
  })

  it('lies halfway between the two middle ones', () => {
    expect(median([4, 1, 2, 100])).toBe(3)
  })

  it('sorts numbers as numbers, and does not change the list', () => {
    const values = [10, 9, 100]
    expect(median(values)).toBe(10)
    expect(values).toEqual([10, 9, 100])
  })

  it('is a RangeError for an empty list', () => {
    expect(() => median([])).toThrow(RangeError)
  })
})

describe('quantile', () => {
  it('ranges from the least to the greatest', () => {
    expect([0, 0.1, 1].map((share) => quantile([3, 1, 2], share))).toEqual([1, 1.2, 3])
  })
})

describe('spread', () => {
  it('is the middle half', () => {
    expect(spread([5, 4, 3, 2, 1])).toEqual({ lower: 2, median: 3, upper: 4 })
  })

  it('is no wider than one value', () => {
    expect(spread([7])).toEqual({ lower: 7, median: 7, upper: 7 })
  })
})

describe('ratios', () => {
  it('compares what was measured in the same round', () => {
    expect(ratios([2, 40, 6], [1, 20, 3])).toEqual([2, 2, 2]) // the second round was ten times as slow for both
  })

  it('needs lists of equal length', () => {
    expect(() => ratios([1, 2], [1])).toThrow(RangeError)
  })
})

describe('exponent', () => {
  const sizes = [256, 1024, 4096, 1_048_576]

  it.each([
    ['constant', 0, () => 7],
    ['linear', 1, (size: number) => 3 * size],
    ['quadratic', 2, (size: number) => size ** 2 / 5],
    ['n log n', 1.1, (size: number) => size * Math.log(size)],
  ])('of %s cost is about %d', (_, power, cost) => {
    expect(exponent(sizes, sizes.map(cost))).toBeCloseTo(power, 1)
  })

  it('needs two sizes or more, and a cost for each', () => {
    expect(() => exponent([1], [1])).toThrow(RangeError)
    expect(() => exponent([1, 2], [1])).toThrow(RangeError)
  })
})

describe('table', () => {
  it('is Markdown as Prettier would write it', () => {
    const text = table(
      [{ head: 'who' }, { head: 'µs', right: true }],
      [
        ['hs256', '1.25'],
        ['a peer', '10'],
      ],
    )
    expect(text.split('\n')).toEqual(['| who    |   µs |', '| ------ | ---: |', '| hs256  | 1.25 |', '| a peer |   10 |'])
  })
})
