/** Claims and options to sign: values that JSON cannot represent, tokens without an end, and parameters that only the library sets. */
import { but, claimSets, rule } from './case.ts'
import { NOW, SUBJECT } from './forge.ts'
import { deepFreeze } from './outcome.ts'

const lost = rule(31, 'policy', 'RFC 8259 §3', 'TypeError')
const none = but(lost, { attack: 13, kind: 'rfc', source: 'RFC 7519 §4' })
const immortal = but(lost, { attack: 19, source: 'docs/decisions.md#strict-defaults' })
const header = but(lost, { attack: 8, source: 'RFC 7515 §4.1' })
const nested = but(header, { attack: 13, source: 'RFC 7519 §5.2' })
const notNested = but(nested, { source: 'RFC 7515 §4.1.10', verdict: 'accepted' })
const times = rule(17, 'rfc', 'RFC 7519 §4.1.4–6', 'TypeError')
const texts = but(times, { attack: 20, source: 'RFC 7519 §4.1.1–3, §4.1.7' })

const LONG = { expiresIn: '1h' }
const exp = NOW + 3600
const signing = (claims: unknown, options: object = LONG) => ({ claims: () => claims, options })
const withCty = (cty: unknown) => signing({}, { ...LONG, header: { cty } })
const RESERVED = ['alg', 'jku', 'jwk', 'kid', 'x5u', 'x5c', 'x5t', 'x5t#S256', 'typ', 'crit', 'b64']
const NESTED = ['JWT', 'jwt', 'application/jwt', 'Application/JWT', null, 5, ['JWT'], {}]
const OPTIONS = 'issuer audience subject algorithm keyid noTimestamp mutatePayload expires ttl toString'.split(' ')
const NO_CLAIMS = [SUBJECT, 5, null, undefined, [], new Uint8Array(5)]
const cycle: Record<string, unknown> = { sub: SUBJECT }
cycle['self'] = { list: [cycle] }
const frozen = { sub: SUBJECT, groups: ['ops'], aud: ['orders'], user: { name: SUBJECT } }

export const claimCases = [
  ...claimSets('claims that are none', none, NO_CLAIMS, (claims) => signing(claims)),
  ...claimSets('claim that JSON cannot carry', lost, {
    NaN: signing({ a: NaN }),
    Infinity: signing({ a: { b: [Infinity] } }),
    'a bigint': signing({ a: 5n }),
    'a function': signing({ a: () => SUBJECT }),
    'a symbol': signing({ a: Symbol(SUBJECT) }),
    'a Map': signing({ a: new Map([[SUBJECT, 1]]) }),
    'a Set': signing({ a: new Set([SUBJECT]) }),
    'a promise': signing({ a: Promise.resolve(SUBJECT) }),
    bytes: signing({ a: new Uint8Array(2) }),
    'an invalid Date': signing({ a: new Date(NaN) }),
    'undefined in a list': signing({ a: [undefined] }),
    'a gap in a list': signing({ a: Array(2) }),
    'a cycle': signing(cycle),
    'a toJSON that gives a bigint': signing({ a: { toJSON: () => 5n } }),
  }),
  ...claimSets('lifetime', immortal, {
    'left out': signing({ sub: SUBJECT }, {}),
    'left out with all options': { claims: () => ({ sub: SUBJECT }), options: undefined },
    twice: signing({ exp }),
    'on __proto__': signing(JSON.parse(`{"__proto__":{"exp":${exp}}}`) as unknown, {}),
  }),
  ...claimSets('option of sign', immortal, OPTIONS, (option) => signing({ sub: SUBJECT }, { ...LONG, [option]: 'x' })),
  ...claimSets('header to sign', header, RESERVED, (parameter) => signing({}, { ...LONG, header: { [parameter]: 'x' } })),
  ...claimSets('header to sign', header, [undefined, null, 'x', 5, []], (value) => signing({}, { ...LONG, header: value })),
  ...claimSets('cty to sign', nested, NESTED, withCty),
  ...claimSets('cty to sign', notNested, ['json', 'twilio-fpa;v=1', 'text/jwt', 'JWT ', ''], withCty),
  ...claimSets('token to sign', but(lost, { attack: 16, source: 'the same limit as verify has', verdict: 'RangeError' }), {
    'too long': signing({ a: 'x'.repeat(60_000) }),
  }),
  ...claimSets('claims to sign', but(lost, 'accepted'), {
    'frozen, which nothing changes': signing(deepFreeze(frozen), deepFreeze({ ...LONG, header: { x: [1] } })),
    'without a prototype': signing(Object.assign(Object.create(null) as object, { sub: SUBJECT })),
    'with __proto__ as a name': signing(JSON.parse('{"__proto__":{"admin":true}}') as unknown),
    'with names that all objects inherit': signing({ toString: 'a', constructor: 'b', hasOwnProperty: 'c' }),
    'that expire by a Date': signing({ exp: new Date(exp * 1000) }, {}),
    'that expire by a Temporal.Instant': signing({ exp: { epochMilliseconds: exp * 1000, [Symbol.toStringTag]: 'Temporal.Instant' } }, {}),
    'that expire at a fraction of a second': signing({ exp: exp + 0.5, iat: NOW - 0.5, nbf: NOW - 0.5 }, {}),
    'that never expire, said so': signing({ sub: SUBJECT }, { expiresIn: 'never' }),
    'with lone surrogates': signing({ sub: '\ud800' }),
    'with -0, which JSON writes as 0': signing({ nbf: -0 }),
  }),
]

/** A registered claim to sign. `expiresIn` and `exp` exclude each other. */
const registered = (claim: string, value: unknown) => signing({ [claim]: value }, claim === 'exp' ? {} : LONG)
const NO_TIMES: readonly unknown[] = ['1800003600', '1h', null, true, [], [exp], {}, '', NaN, Infinity, -Infinity]
const NO_TEXTS: readonly unknown[] = [null, 5, true, {}, ['a']]
const NO_AUDIENCES: readonly unknown[] = [null, 5, true, {}, [5], [null], ['a', 5], [['a']]]

/** Registered claims of the wrong type: `sign` rejects whatever `verify` would reject. */
export const claimTypes = [
  ...['exp', 'nbf', 'iat'].flatMap((claim) => claimSets(`${claim} to sign`, times, NO_TIMES, (value) => registered(claim, value))),
  ...claimSets('time to sign', but(times, { kind: 'policy' }), {
    'exp in milliseconds': registered('exp', exp * 1000),
    'nbf in milliseconds': registered('nbf', NOW * 1000),
    'iat in milliseconds': registered('iat', NOW * 1000),
    'exp undefined': registered('exp', undefined),
    'exp an invalid Date': registered('exp', new Date(NaN)),
    'exp a bigint': registered('exp', 5n),
  }),
  ...['iss', 'sub', 'jti'].flatMap((claim) => claimSets(`${claim} to sign`, texts, NO_TEXTS, (value) => registered(claim, value))),
  ...claimSets('aud to sign', texts, NO_AUDIENCES, (aud) => registered('aud', aud)),
  ...['iss', 'sub', 'aud', 'jti', 'nbf', 'iat'].flatMap((claim) =>
    claimSets('registered claim that is undefined', but(texts, { kind: 'policy' }), { [claim]: registered(claim, undefined) }),
  ),
]
