/** What a list of measurements says: its middle, its spread, and how cost grows with size. */

/** The middle half of a list of measurements. */
export interface Spread {
  readonly lower: number
  readonly median: number
  readonly upper: number
}

/**
 * The value below which a share of the values lies, between two of them in proportion.
 * @throws {RangeError} where there are no values
 */
export function quantile(values: readonly number[], share: number): number {
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

/** What each value is of the one that was measured in the same round. A busy moment of the machine strikes both. */
export function ratios(values: readonly number[], bases: readonly number[]): readonly number[] {
  if (values.length !== bases.length) throw new RangeError('each value needs the base of its own round')
  return values.map((value, round) => value / bases[round]!)
}

/** The power of the size with which cost grows: the slope of the straight line that fits best where both axes are logarithmic. */
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
