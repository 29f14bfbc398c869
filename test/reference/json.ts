/** A JSON object in UTF-8 (RFC 8259, RFC 3629), or what is wrong with it. */
import { memberWithLongNumber } from './numbers.ts'

/** Parses bytes: the members, and the first one with a number in it that JavaScript rounds. Gives a word for what is wrong. */
export function objectOf(bytes: Buffer) {
  // Bytes that are not UTF-8 become U+FFFD, which is written in other bytes.
  const text = bytes.toString('utf8')
  if (!Buffer.from(text, 'utf8').equals(bytes)) return 'no UTF-8'
  if (text.startsWith('\uFEFF')) return 'a byte order mark'
  try {
    const value = JSON.parse(text) as unknown
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return 'no object'
    return { members: value as Readonly<Record<string, unknown>>, rounded: memberWithLongNumber(text) }
  } catch {
    return 'no JSON'
  }
}
