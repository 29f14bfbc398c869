/** Statistics of a list of measurements: its middle, its spread, and how cost grows with size. */

/** The middle half of a list of measurements. */
export interface Spread {
  readonly lower: number
  readonly median: number
  readonly upper: number
}

/**
 * The value below which this share of the values lies, interpolated between two of them.
 * @throws {RangeError} if there are no values
 */
export function quantile(values: Iterable<number>, share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  if (below === undefined || above === undefined) throw new RangeError('there is nothing to take a quantile of')
  return below + (above - below) * (place - Math.floor(place))
}

/** The median. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Both quartiles and the median. */
export function spread(values: readonly number[]): Spread {
  return { lower: quantile(values, 0.25), median: median(values), upper: quantile(values, 0.75) }
}

/** Welch's t: how many standard errors the means of two lists lie apart. */
export function welch(some: ArrayLike<number>, others: ArrayLike<number>): number {
  const [a, b] = [momentsOf(some), momentsOf(others)]
  return (a.mean - b.mean) / Math.sqrt(a.variance / some.length + b.variance / others.length)
}

function momentsOf(values: ArrayLike<number>): { readonly mean: number; readonly variance: number } {
  let [middle, squares] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    const distance = values[i]! - middle
    middle += distance / (i + 1)
    squares += distance * (values[i]! - middle)
  }
  return { mean: middle, variance: squares / (values.length - 1) }
}

/** The power of the size with which cost grows: the slope of the line that fits best on logarithmic axes. */
export function exponent(sizes: readonly number[], costs: readonly number[]): number {
  if (sizes.length !== costs.length || sizes.length < 2) throw new RangeError('an exponent takes a cost for each of two sizes or more')
  const [x, y] = [sizes.map(Math.log), costs.map(Math.log)]
  const [middleX, middleY] = [mean(x), mean(y)]
  const covariance = x.reduce((sum, value, i) => sum + (value - middleX) * (y[i]! - middleY), 0)
  return covariance / x.reduce((sum, value) => sum + (value - middleX) ** 2, 0)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
