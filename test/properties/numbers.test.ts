/** Numbers: the number that is read is the one that was written, or none is read. */
import fc from 'fast-check'
import { decodeUnverified, JwtClaimError } from 'hs256'
import { describe, expect } from 'vitest'
import { sign, verify } from '../support/engine.ts'
import { forge } from '../support/forge.ts'
import { outcome } from '../support/outcome.ts'
import { digits, exactNumbers, key, now, roundedNumbers, text } from './arbitraries.ts'
import { verifyAnything } from './verdicts.ts'
import { property } from './runs.ts'

/** A value as it is written, as `JSON.stringify` writes it, and whether an integer of 2^53 or more counts in it. */
interface Json {
  readonly written: string
  readonly canonical: string
  readonly isRounded: boolean
}
type Members = readonly (readonly [name: Json, value: Json])[]

/** The members that count: the last one of each name. */
const lastOf = (members: Members): ReadonlyMap<string, Json> => new Map(members.map(([name, value]) => [name.canonical, value]))
const toObject = (members: Members): Json => ({
  written: `{${members.map(([name, value]) => `${name.written}:${value.written}`).join()}}`,
  canonical: `{${[...lastOf(members)].map(([name, value]) => `${name}:${value.canonical}`).join()}}`,
  isRounded: [...lastOf(members).values()].some(({ isRounded }) => isRounded),
})
const toList = (items: readonly Json[]): Json => ({
  written: `[${items.map(({ written }) => written).join()}]`,
  canonical: `[${items.map(({ canonical }) => canonical).join()}]`,
  isRounded: items.some(({ isRounded }) => isRounded),
})
const isLong = (integer: string): boolean => BigInt(integer) >= 2n ** 53n || BigInt(integer) <= -(2n ** 53n)
const scalar = (written: string, canonical = written): Json => ({ written, canonical, isRounded: false })

const strings = fc.oneof(digits, text, fc.constantFrom(':1e400', '[9007199254740993', ',"a":9007199254740993,'))
const names = fc
  .oneof(fc.constantFrom('a', 'b', '1', '__proto__', '9007199254740993'), digits, text)
  .map((name) => scalar(JSON.stringify(`x${name}`))) // none is registered
const blank = fc.constantFrom('', '', ' ', '\n', '\t\r\n ')
const spaced = (values: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc.tuple(blank, values, blank).map(([before, value, behind]) => ({ ...value, written: before + value.written + behind }))
const { members } = fc.letrec<{ readonly node: Json; readonly members: Members }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    digits.map((integer) => ({ ...scalar(integer), isRounded: isLong(integer) })),
    strings.map((one) => scalar(JSON.stringify(one))),
    fc.constantFrom(scalar('null'), scalar('true'), scalar('0.5'), scalar('1e3', '1000'), scalar('-2.5E-3', '-0.0025')),
    fc.array(spaced(tie('node')), { maxLength: 3 }).map(toList),
    tie('members').map(toObject),
  ),
  members: fc.array(fc.tuple(spaced(names), spaced(tie('node'))), { maxLength: 4 }),
}))

describe('verify and decodeUnverified', () => {
  property('return each integer with the digits of the token, or reject the claim by its name', members, async (list) => {
    const json = toObject([...list, [scalar('"exp"'), scalar('1800003600')]])
    const token = forge(json.written)
    const rounded = [...lastOf(list)].filter(([, { isRounded }]) => isRounded).map(([name]) => JSON.parse(name) as unknown)
    for (const call of [() => verify(token, key, { now }), () => decodeUnverified(token)]) {
      const result = await outcome(call)
      if (rounded.length === 0) {
        expect(JSON.stringify((result as { readonly claims: unknown }).claims)).toBe(json.canonical)
      } else {
        expect(result).toBeInstanceOf(JwtClaimError)
        expect(result).toMatchObject({ code: 'ERR_JWT_CLAIM', reason: 'invalid' })
        expect(rounded).toContain((result as JwtClaimError).claim)
        expect((result as JwtClaimError).claims()).toBeUndefined()
      }
    }
  })

  const spellings = fc.oneof(exactNumbers, roundedNumbers).map((number) => {
    const exponential = number.toExponential()
    return [String(number), exponential, exponential.toUpperCase(), exponential.replace('+', '')]
  })
  property('reject every number of 2^53 or more, however it is written, and no other', spellings, async (texts) => {
    for (const spelling of texts) {
      const isExact = Math.abs(Number(spelling)) < 2 ** 53
      const result = await outcome(() => verify(forge(`{"exp":1800003600,"x":[${spelling}]}`), key, { now }))
      expect(result, spelling).toMatchObject(isExact ? { claims: { x: [Number(spelling)] } } : { code: 'ERR_JWT_CLAIM', claim: 'x' })
      const header = await outcome(() => verify(forge(undefined, `{"alg":"HS256","x":${spelling}}`), key, { now }))
      expect(header, spelling).toMatchObject(isExact ? { header: { x: Number(spelling) } } : { code: 'ERR_JWT_MALFORMED' })
    }
  })
})

const scalars = fc.oneof(
  exactNumbers.map((number) => number + 0), // JSON has a -0, but JSON.stringify writes 0
  exactNumbers.map((number) => number + 0),
  roundedNumbers,
  fc.constantFrom(Infinity, -Infinity),
  strings,
)
const { value } = fc.letrec<{ readonly value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalars,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '1', '__proto__'), tie('value'), { noNullPrototype: true }),
  ),
}))
const objects = fc.dictionary(fc.constantFrom('id', 'b', '7', '__proto__', 'toString'), value, { maxKeys: 3, noNullPrototype: true })

const isExact = (one: unknown): boolean =>
  typeof one === 'object' ? Object.values(one as object).every(isExact) : typeof one !== 'number' || Math.abs(one) < 2 ** 53

/** JSON, in which Infinity is a number that is read as Infinity. */
const toJson = (object: object): string =>
  JSON.stringify(object, (_name, one: unknown) => (one === Infinity || one === -Infinity ? `infinity ${one}` : one))
    .replaceAll('"infinity Infinity"', '1e400')
    .replaceAll('"infinity -Infinity"', '-1e400')

const REFUSAL = /^TypeError: (?:claims|header)\.(?:id|b|7|__proto__|toString)[.\w]* is (?:a number of 2\^53 or more|not a finite number),/

describe('sign', () => {
  property('writes each number in the claims as verify returns it, or rejects them, as verify would', objects, async (claims) => {
    const result = await outcome(() => sign(claims, key, { expiresIn: '1h', now }))
    if (isExact(claims)) {
      const { iat: _iat, exp: _exp, ...rest } = (await verifyAnything(result)).claims
      expect(rest).toStrictEqual(claims)
    } else {
      expect(String(result)).toMatch(REFUSAL)
      const forged = forge(toJson({ exp: 1_800_003_600, ...claims }))
      await expect(verifyAnything(forged)).rejects.toMatchObject({ code: 'ERR_JWT_CLAIM', reason: 'invalid' })
    }
  })

  property('writes each number in the header as verify returns it, or rejects it, as verify would', objects, async (header) => {
    const result = await outcome(() => sign({}, key, { expiresIn: '1h', now, header }))
    if (isExact(header)) {
      expect((await verifyAnything(result)).header).toStrictEqual({ alg: 'HS256', typ: 'JWT', ...header })
    } else {
      expect(String(result)).toMatch(REFUSAL)
      const forged = forge({ exp: 1_800_003_600 }, toJson({ alg: 'HS256', ...header }))
      await expect(verifyAnything(forged)).rejects.toMatchObject({ code: 'ERR_JWT_MALFORMED' })
    }
  })
})
