/** Layers: each takes the text that the one before has made, and sometimes changes it. Bytes are characters below 256. */
import fc from 'fast-check'

export type Change = (text: string) => string

/** The usual in this percentage of cases, and otherwise one of the others. */
export const mostly = <T>(percent: number, usual: fc.Arbitrary<T>, ...others: readonly fc.Arbitrary<T>[]): fc.Arbitrary<T> =>
  fc.oneof<fc.MaybeWeightedArbitrary<T>[]>(
    { weight: percent * others.length, arbitrary: usual },
    ...others.map((arbitrary) => ({ weight: 100 - percent, arbitrary })),
  )

/** An object with some of these members, each in its percentage of cases. */
export const some = (members: Readonly<Record<string, readonly [percent: number, values: fc.Arbitrary<unknown>]>>) => {
  const entries = Object.entries(members).map(([name, [percent, values]]) =>
    mostly<readonly (readonly [string, unknown])[]>(
      percent,
      values.map((value) => [[name, value]]),
      fc.constant([]),
    ),
  )
  return fc.tuple(...entries).map((list) => Object.fromEntries(list.flat()))
}

/** One change after the other. */
export const layers = (...changes: readonly fc.Arbitrary<Change>[]): fc.Arbitrary<Change> =>
  fc.tuple(...changes).map((steps) => (text) => steps.reduce((made, step) => step(made), text))

/** In this percentage of texts, a character is replaced, inserted or cut out, or all that follows it is. */
export const edits = (percent: number, extras: fc.Arbitrary<string>): fc.Arbitrary<Change> =>
  mostly(
    100 - percent,
    fc.constant((text) => text),
    fc.tuple(fc.nat(1000), fc.constantFrom(0, 0, 1, 1, Infinity), fc.option(extras, { nil: '' })).map(([place, cut, extra]) => (text) => {
      const at = Math.round((place * text.length) / 1000)
      return text.slice(0, at) + extra + text.slice(at + cut)
    }),
  )
