/** Compares our token with one that a system made. */
import { decodeUnverified } from 'hs256'

/** The header parameters and claims that only one of two tokens has, or whose values are not alike. */
export function differences(ours: string, theirs: string): readonly string[] {
  const [our = {}, their = {}] = [ours, theirs].map((token): Readonly<Record<string, unknown>> => {
    const { header, claims } = decodeUnverified(token)
    return { ...header, ...claims }
  })
  const names = new Set([...Object.keys(our), ...Object.keys(their)])
  return [...names].filter((name) => likeness(our[name]) !== likeness(their[name])).sort()
}

/** A value as JSON with sorted members, in which times are minutes from now, and unique names are alike. */
const likeness = (value: unknown): string | undefined =>
  JSON.stringify(value, (_name, member: unknown) => {
    if (typeof member === 'number' && member > 1e9) return Math.round((member / (member > 1e12 ? 1 : 1e-3) - Date.now()) / 60_000)
    if (typeof member === 'string' && /\d{4}|^.{32,}$/.test(member)) return 'unique'
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member
    return Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
  })
