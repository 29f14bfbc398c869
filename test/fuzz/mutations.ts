/** Mutations of the bytes, the segments, the MAC and the string of a token, once its JSON is written. */
import { createHmac } from 'node:crypto'
import type { Random } from './random.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const INVALID = [[0xff], [0x80], [0xc0, 0xaf], [0xc1, 0xa1], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xf0, 0x9f, 0x98], [0xf4, 0x90, 0x80, 0x80], [0xe9], [0xef, 0xbf, 0xbd]] // prettier-ignore
const STRANGE = ['=', '==', ' ', '\n', '\r\n', '\t', '\0', '+', '/', '.', '*', '%3D', '\u00a0', '\u200b', '\uFEFF', 'А', 'Ａ', '\u0141', '\ud800', ',', ';', '"', 'A', '_'] // prettier-ignore

/** Inserts something at a random place. */
function insert(random: Random, text: string, extra: string): string {
  const at = random.percent(40) ? random.pick([0, text.length]) : random.below(text.length + 1)
  return text.slice(0, at) + extra + text.slice(at)
}

/** Encodes JSON as bytes, most often as UTF-8. */
export function toBytes(random: Random, json: string): Buffer {
  const bytes = Buffer.from(json)
  if (random.percent(95)) return bytes
  const at = random.below(bytes.length + 1)
  return random.pick([
    () => Buffer.from(json, 'utf16le'),
    () => Buffer.from(json, 'latin1'),
    () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
    () => bytes.subarray(0, at),
    () => bytes.map((byte, index) => (index === at ? byte ^ (1 << random.below(8)) : byte)) as Buffer,
    () => {
      const quote = bytes.lastIndexOf('"') // most often within a string, where bytes may be anything
      const cut = quote > 0 && random.percent(70) ? quote : at
      return Buffer.concat([bytes.subarray(0, cut), Buffer.from(random.pick(INVALID)), bytes.subarray(cut)])
    },
  ])()
}

/** Writes bytes as a segment, most often in base64url. */
export function toSegment(random: Random, bytes: Buffer): string {
  const segment = bytes.toString('base64url')
  if (random.percent(94)) return segment
  return random.pick([
    () => bytes.toString('base64'),
    () => insert(random, segment, random.pick(STRANGE)),
    // Spare bits, if there are any.
    () => segment.slice(0, -1) + ALPHABET[(ALPHABET.indexOf(segment.slice(-1)) + 1 + random.below(3)) % 64]!,
    () => segment + 'A'.repeat((5 - (segment.length % 4)) % 4),
    () => segment.slice(0, random.below(segment.length + 1)),
    () => bytes.toString(random.pick(['hex', 'latin1'] as const)),
  ])()
}

/** Makes the MAC of a signing input, most often the correct one. */
export function toMac(random: Random, signingInput: string, secret: string): Buffer {
  const macOf = (input: string, key = secret, hash = 'sha256'): Buffer => createHmac(hash, key).update(input).digest()
  const mac = macOf(signingInput)
  if (random.percent(90)) return mac
  return random.pick([
    () => {
      mac[random.below(32)]! ^= 1 << random.below(8)
      return mac
    },
    () => mac.subarray(0, random.below(32)),
    () => Buffer.concat([mac, mac.subarray(0, 1 + random.below(32))]),
    () => Buffer.alloc(random.pick([0, 32, 32, 64, 256])),
    () => macOf(signingInput, `${secret}x`),
    () => macOf(signingInput, secret, random.pick(['sha1', 'sha384', 'sha512'])),
    () => macOf(signingInput.slice(0, -1)),
  ])()
}

/** Changes the token string: one character, its segments, or what surrounds it. */
export function mangle(random: Random, token: string): string {
  if (random.percent(92)) return token
  const at = random.below(token.length + 1)
  const segments = token.split('.')
  return random.pick([
    () => token.slice(0, at) + token.slice(at + 1),
    () => token.slice(0, at) + random.pick([...ALPHABET]) + token.slice(at + 1),
    () => insert(random, token, random.pick(STRANGE)),
    () => [...segments, random.pick(['', ...segments])].join('.'),
    () => segments.slice(0, 2).join('.') + random.pick(['', '.']),
    () => segments.reverse().join('.'),
    () => token.slice(0, at),
    () => random.pick([`Bearer ${token}`, `"${token}"`, `${token},${token}`, ` ${token}`, `${token}\n`, token.repeat(2)]),
  ])()
}
