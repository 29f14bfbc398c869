/** The tokens of the fuzzer, in layers, so that most mutated ones have a correct MAC, and what is expected of each. */
import fc from 'fast-check'
import { createHmac } from 'node:crypto'
import { LETTERS } from '../properties/arbitraries.ts'
import type { Expected } from '../reference/claims.ts'
import { claims, headers } from './json-text.ts'
import { edits, layers, mostly, some, type Change } from './layers.ts'

export const SECRET = 'a secret of the fuzzer, which has 32 bytes or more'

export interface Sample {
  readonly token: string
  readonly expected: Expected
}

/** Texts with the text of the layer before in the place of `#`. */
const templates = (...list: readonly string[]): fc.Arbitrary<Change> =>
  fc.constantFrom(...list).map((template) => (text) => template.replaceAll('#', () => text))

const documents = mostly<Change>(
  97,
  templates('#'),
  templates('[#]', '##', '', '[]', '"a"', '5', 'null', 'true'),
  templates('\uFEFF#'),
  fc.constantFrom<Change[]>((json) => JSON.stringify(json), (json) => json.replaceAll('"', "'")), // prettier-ignore
)
const syntax = fc.constantFrom(...' \n\t\u00a0\f\uFEFF\0x{}[],:"', '\r\n', '/**/')

const recode = (from: BufferEncoding, to: BufferEncoding): fc.Arbitrary<Change> =>
  fc.constant((text) => Buffer.from(text, from).toString(to))
const encodings = mostly(98, recode('utf8', 'latin1'), recode('utf16le', 'latin1'), recode('latin1', 'latin1'))
const invalid = ['\xff', '\x80', '\xc0\xaf', '\xc1\xa1', '\xe2\x82', '\xed\xa0\x80', '\xf0\x9f\x98', '\xf4\x90\x80\x80', '\xe9', '\xef\xbf\xbd'] // prettier-ignore
const bytes = fc.oneof(
  fc.constantFrom(...invalid),
  fc.nat(255).map((byte) => String.fromCharCode(byte)),
)

const spellings = layers(
  mostly(98, recode('latin1', 'base64url'), recode('latin1', 'base64'), recode('latin1', 'hex'), recode('latin1', 'latin1')),
  mostly<Change>(
    97,
    templates('#'),
    // Spare bits, if there are any, or a letter too many.
    fc.constantFrom(1, 2, 3).map((more) => (segment) => segment.slice(0, -1) + LETTERS[(LETTERS.indexOf(segment.slice(-1)) + more) % 64]!),
    fc.constant((segment) => segment + 'A'.repeat((5 - (segment.length % 4)) % 4)),
  ),
)
const strange = fc.constantFrom('=', '==', ' ', '\n', '\r\n', '\t', '\0', '+', '/', '.', '*', '%3D', '\u00a0', '\u200b', '\uFEFF', 'А', 'Ａ', '\u0141', '\ud800', ',', ';', '"', 'A', '_') // prettier-ignore

const macOf = (hash = 'sha256', secret = SECRET, cut = 0): fc.Arbitrary<Change> =>
  fc.constant((input) => createHmac(hash, secret).update(input.slice(cut)).digest('binary'))
const zeros = fc.constantFrom(0, 32, 32, 64, 256).map((length) => () => '\0'.repeat(length))
const hashes = fc.oneof(macOf('sha1'), macOf('sha384'), macOf('sha512'))
const macs = mostly(93, macOf(), macOf('sha256', `${SECRET}x`), macOf('sha256', SECRET, 1), hashes, zeros)

const orders = fc
  .constantFrom([0, 1], [0, 1, 3], [0, 1, 2, 3], [0, 1, 2, 0], [0, 1, 2, 1], [0, 1, 2, 2], [2, 1, 0])
  .map((order) => (token: string) => order.map((at) => token.split('.')[at] ?? '').join('.'))
const around = templates('Bearer #', '"#"', '#,#', ' #', '#\n', '##')

/** Milliseconds, and other durations that no option may have. */
const tooLong = fc.constantFrom(-1, NaN, 1e300, Infinity, 86_401, 3_600_000, '10', '5e3s', '1h ', '999999999999w')
const ALL = ['iss', 'sub', 'iat', 'jti']
const mistyped = fc.constantFrom<string[][]>(['sub'], ['jti'], ['iat'], ['iss'], ALL, ALL, ALL)

const expectations = some({
  requireExp: [60, fc.constant(false)],
  clockTolerance: [20, mostly(90, fc.constantFrom(10, 10, '10s', 600, '10m'), tooLong)],
  audience: [50, fc.constant('orders')],
  issuer: [20, fc.constant('https://auth.example')],
  subject: [10, fc.constant('a')],
  maxAge: [10, mostly(90, fc.constantFrom(0, 10, '1m', 86_400, '30d'), tooLong)],
  allowMistyped: [20, mostly(90, mistyped, fc.constantFrom<string[][]>(['exp'], ['aud'], []))],
})

const segments = layers(documents, edits(4, syntax), encodings, edits(2, bytes), spellings, edits(2, strange))
const signatures = layers(macs, mostly(99, templates('#'), templates('##')), edits(4, bytes), spellings, edits(3, strange))
const manglings = layers(mostly(97, templates('#'), orders, around), edits(3, fc.oneof(fc.constantFrom(...LETTERS), strange)))

export const samples: fc.Arbitrary<Sample> = fc
  .tuple(headers, segments, claims, segments, signatures, manglings, expectations)
  .map(([header, first, payload, second, sign, mangle, options]) => {
    const input = `${first(header)}.${second(payload)}`
    return { token: mangle(`${input}.${sign(input)}`), expected: { now: 1_800_000_000, ...options } }
  })
