/** Numbers: the number that is read is the one that was written, or none is read. */
import fc from 'fast-check'
import { decodeUnverified, JwtClaimError } from 'hs256'
import { describe, expect } from 'vitest'
import { sign, verify } from '../support/engine.ts'
import { forge } from '../support/forge.ts'
import { outcome } from '../support/outcome.ts'
import { exactNumbers, key, now, roundedNumbers, text } from './arbitraries.ts'
import { verifyAnything } from './verdicts.ts'
import { property } from './runs.ts'

/** JSON as it is written: an integer by its digits, any other scalar as JSON, a list, or an object whose names may repeat. */
type Node = { readonly digits: string } | { readonly json: string } | { readonly list: readonly Node[] } | Members
interface Members {
  readonly members: readonly (readonly [name: string, value: Node])[]
}

const digits = fc
  .oneof(
    fc.bigInt({ min: -(2n ** 53n) - 20n, max: 20n - 2n ** 53n }),
    fc.bigInt({ min: 2n ** 53n - 20n, max: 2n ** 53n + 20n }),
    fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
    fc.maxSafeInteger().map(BigInt),
  )
  .map(String)
const strings = fc.oneof(digits, text, fc.constantFrom(':1e400', '[9007199254740993', ',"a":9007199254740993,'))
const names = fc.oneof(fc.constantFrom('a', 'b', '1', '__proto__', '9007199254740993'), digits, text).map((name) => `x${name}`) // none is registered
const { members } = fc.letrec<{ readonly node: Node; readonly members: Members }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    digits.map((written) => ({ digits: written })),
    fc
      .oneof(
        strings.map((one) => JSON.stringify(one)),
        fc.constantFrom('null', 'true', '0.5', '1e3', '-2.5E-3'),
      )
      .map((json) => ({ json })),
    fc.array(tie('node'), { maxLength: 3 }).map((list) => ({ list })),
    tie('members'),
  ),
  members: fc.array(fc.tuple(names, tie('node')), { maxLength: 4 }).map((list) => ({ members: list })),
}))
const blanks = fc.infiniteStream(fc.constantFrom('', '', ' ', '\n', '\t\r\n '))

/** Writes JSON, with white space wherever it may be. */
function write(one: Node, blank: () => string): string {
  const spaced = (json: string): string => `${blank()}${json}${blank()}`
  if ('digits' in one) return one.digits
  if ('json' in one) return one.json
  if ('list' in one) return `[${one.list.map((item) => spaced(write(item, blank))).join(',')}]`
  return `{${one.members.map(([name, value]) => `${spaced(JSON.stringify(name))}:${spaced(write(value, blank))}`).join(',')}}`
}

/** The members that count: the last one of each name. */
const lastOf = ({ members: all }: Members): ReadonlyMap<string, Node> => new Map(all)

/** Whether an integer of 2^53 or more counts somewhere. */
function hasRounded(one: Node): boolean {
  if ('digits' in one) return BigInt(one.digits) >= 2n ** 53n || BigInt(one.digits) <= -(2n ** 53n)
  if ('json' in one) return false
  return ('list' in one ? one.list : [...lastOf(one).values()]).some(hasRounded)
}

/** What was written, with each integer as a bigint. */
function written(one: Node): unknown {
  if ('digits' in one) return BigInt(one.digits)
  if ('json' in one) return JSON.parse(one.json)
  if ('list' in one) return one.list.map(written)
  return Object.fromEntries([...lastOf(one)].map(([name, value]) => [name, written(value)]))
}

/** What was read, with each integer as a bigint where one was written. */
function read(value: unknown, model: unknown): unknown {
  if (typeof value === 'number' && typeof model === 'bigint') return BigInt(value)
  if (Array.isArray(value)) return value.map((item, index) => read(item, (model as readonly unknown[])[index]))
  if (typeof value !== 'object' || value === null) return value
  const models = Object(model) as Readonly<Record<string, unknown>>
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, read(member, models[name])]))
}

describe('verify and decodeUnverified', () => {
  property('return each integer with the digits of the token, or reject the claim by its name', members, blanks, async (tree, stream) => {
    const token = forge(write({ members: [...tree.members, ['exp', { digits: '1800003600' }]] }, () => stream.next().value))
    const rounded = [...lastOf(tree)].filter(([, value]) => hasRounded(value)).map(([name]) => name)
    for (const call of [() => verify(token, key, { now }), () => decodeUnverified(token)]) {
      const result = await outcome(call)
      if (rounded.length === 0) {
        const expected = { ...(written(tree) as object), exp: 1_800_003_600 }
        expect(read((result as { readonly claims: unknown }).claims, expected)).toStrictEqual(expected)
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
  JSON.stringify(object, (_name, one: unknown) => (one === Infinity || one === -Infinity ? `infinity ${Math.sign(one)}` : one))
    .replaceAll('"infinity 1"', '1e400')
    .replaceAll('"infinity -1"', '-1e400')

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
