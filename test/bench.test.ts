import { describe, expect, it } from 'vitest'
import { exponent, median, quantile, spread, welch } from '../bench/statistics.ts'
import { placed, table } from '../bench/table.ts'

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

describe("Welch's t", () => {
  it('is the distance of two means in standard errors', () => {
    // both variances are 2.5, so the standard error is √(2.5 / 5 + 2.5 / 5) = 1
    expect(welch([1, 2, 3, 4, 5], [4, 5, 6, 7, 8])).toBeCloseTo(-3)
    expect(welch(Float64Array.of(4, 5, 6, 7, 8), [1, 2, 3, 4, 5])).toBeCloseTo(3)
  })

  it('is 0 for equal means', () => {
    expect(welch([1, 3], [0, 2, 4])).toBe(0)
  })

  it('does not lose small differences of large values', () => {
    expect(welch([1e9 + 1, 1e9 + 2, 1e9 + 3], [1e9 + 1, 1e9 + 2, 1e9 + 6])).toBeCloseTo(-0.612, 2)
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

describe('placed', () => {
  const page = 'a\n\n<!-- x -->\n\n1\n\n<!-- /x -->\n\nb\n\n<!-- y -->\n\n2\n\n<!-- /y -->\n'

  it('writes a text between its marks, and nothing else', () => {
    expect(placed(page, 'x', '3')).toBe(page.replace('1', '3'))
    expect(placed(placed(page, 'y', '4'), 'x', '3')).toBe(page.replace('1', '3').replace('2', '4'))
  })

  it('is a TypeError without them', () => {
    expect(() => placed(page, 'z', '3')).toThrow(TypeError)
  })
})
