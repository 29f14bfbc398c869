/** Makers of a point in time from milliseconds since 1970: of a `Date`, and of a `Temporal.Instant`, which not every runtime has. */
import type { VerifyOptions } from 'hs256'

type Instant = ReturnType<NonNullable<VerifyOptions['now']>>
type MakeInstant = (milliseconds: number) => Instant

const { Temporal } = globalThis as { readonly Temporal?: { readonly Instant: { readonly fromEpochMilliseconds: MakeInstant } } }

/** A stand-in: it has what the library reads of a `Temporal.Instant`, and the tag by which that is recognized. */
export const instantOf: MakeInstant = (milliseconds) => ({ epochMilliseconds: milliseconds, [Symbol.toStringTag]: 'Temporal.Instant' })

/** Each way to write a point in time, by its name. Where there is no Temporal, the stand-in takes its place: all runtimes run as many tests. */
export const INSTANTS: readonly (readonly [name: string, make: MakeInstant])[] = [
  ['a Date', (milliseconds) => new Date(milliseconds)],
  ['a stand-in for a Temporal.Instant', instantOf],
  ['a Temporal.Instant', (milliseconds) => Temporal?.Instant.fromEpochMilliseconds(milliseconds) ?? instantOf(milliseconds)],
]
