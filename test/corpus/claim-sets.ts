/** Claims and options to sign: values that JSON cannot represent, tokens without an end, and parameters that only the library sets. */
import { but, claimSets, type Rule } from './case.ts'
import { NOW, SUBJECT } from './forge.ts'

const lost: Rule = { attack: 31, kind: 'policy', source: 'RFC 8259 §3', verdict: 'TypeError' }
const immortal = but(lost, { attack: 19, source: 'docs/decisions/strict-defaults.md' })
const header = but(lost, { attack: 8, source: 'RFC 7515 §4.1' })

const LONG = { expiresIn: '1h' }
const exp = NOW + 3600
const WITH_EXP = {} // no expiresIn with an exp
const RESERVED = ['alg', 'jku', 'jwk', 'kid', 'x5u', 'x5c', 'x5t', 'x5t#S256', 'typ', 'crit', 'b64']
const cycle: Record<string, unknown> = { sub: SUBJECT }
cycle['self'] = { list: [cycle] }

/** Frozen all the way down, so that changing it throws. */
const frozen = Object.freeze({
  sub: SUBJECT,
  groups: Object.freeze(['ops']),
  aud: Object.freeze(['orders']),
  user: Object.freeze({ name: SUBJECT }),
})

export const claimCases = [
  ...claimSets('claims that are none', but(lost, { attack: 13, kind: 'rfc', source: 'RFC 7519 §4' }), {
    'a text': { claims: () => SUBJECT, options: LONG },
    'a number': { claims: () => 5, options: LONG },
    null: { claims: () => null, options: LONG },
    undefined: { claims: () => undefined, options: LONG },
    'a list': { claims: () => [], options: LONG },
    bytes: { claims: () => new Uint8Array(5), options: LONG },
  }),
  ...claimSets('claim that JSON cannot carry', lost, {
    NaN: { claims: () => ({ a: NaN }), options: LONG },
    Infinity: { claims: () => ({ a: { b: [Infinity] } }), options: LONG },
    'a bigint': { claims: () => ({ a: 5n }), options: LONG },
    'a function': { claims: () => ({ a: () => SUBJECT }), options: LONG },
    'a symbol': { claims: () => ({ a: Symbol(SUBJECT) }), options: LONG },
    'a Map': { claims: () => ({ a: new Map([[SUBJECT, 1]]) }), options: LONG },
    'a Set': { claims: () => ({ a: new Set([SUBJECT]) }), options: LONG },
    'a promise': { claims: () => ({ a: Promise.resolve(SUBJECT) }), options: LONG },
    bytes: { claims: () => ({ a: new Uint8Array(2) }), options: LONG },
    'an invalid Date': { claims: () => ({ a: new Date(NaN) }), options: LONG },
    'undefined in a list': { claims: () => ({ a: [undefined] }), options: LONG },
    'a gap in a list': { claims: () => ({ a: Array(2) }), options: LONG },
    'a cycle': { claims: () => cycle, options: LONG },
    'a toJSON that gives a bigint': { claims: () => ({ a: { toJSON: () => 5n } }), options: LONG },
  }),
  ...claimSets('lifetime', immortal, {
    'left out': { claims: () => ({ sub: SUBJECT }), options: {} },
    'left out with all options': { claims: () => ({ sub: SUBJECT }), options: undefined },
    twice: { claims: () => ({ exp }), options: LONG },
    'on __proto__': { claims: () => JSON.parse(`{"__proto__":{"exp":${exp}}}`) as unknown, options: {} },
  }),
  ...claimSets(
    'option of sign',
    immortal,
    ['issuer', 'audience', 'subject', 'algorithm', 'keyid', 'noTimestamp', 'mutatePayload', 'expires', 'ttl', 'toString'],
    (option) => ({
      claims: () => ({ sub: SUBJECT }),
      options: { ...LONG, [option]: 'x' },
    }),
  ),
  ...claimSets('header to sign', header, RESERVED, (parameter) => ({
    claims: () => ({}),
    options: { ...LONG, header: { [parameter]: 'x' } },
  })),
  ...claimSets('header to sign', header, [undefined, null, 'x', 5, []], (value) => ({
    claims: () => ({}),
    options: { ...LONG, header: value },
  })),
  ...claimSets(
    'cty to sign',
    but(header, { attack: 13, source: 'RFC 7519 §5.2' }),
    ['JWT', 'jwt', 'application/jwt', 'Application/JWT', null, 5, ['JWT'], {}],
    (cty) => ({
      claims: () => ({}),
      options: { ...LONG, header: { cty } },
    }),
  ),
  ...claimSets(
    'cty to sign',
    but(header, { attack: 13, source: 'RFC 7515 §4.1.10', verdict: 'accepted' }),
    ['json', 'twilio-fpa;v=1', 'text/jwt', 'JWT ', ''],
    (cty) => ({ claims: () => ({}), options: { ...LONG, header: { cty } } }),
  ),
  ...claimSets('token to sign', but(lost, { attack: 16, source: 'the same limit as verify has', verdict: 'RangeError' }), {
    'too long': { claims: () => ({ a: 'x'.repeat(60_000) }), options: LONG },
  }),
  ...claimSets('claims to sign', but(lost, 'accepted'), {
    'frozen, which nothing changes': {
      claims: () => frozen,
      options: Object.freeze({ ...LONG, header: Object.freeze({ x: Object.freeze([1]) }) }),
    },
    'without a prototype': { claims: () => Object.assign(Object.create(null) as object, { sub: SUBJECT }), options: LONG },
    'with __proto__ as a name': { claims: () => JSON.parse('{"__proto__":{"admin":true}}') as unknown, options: LONG },
    'with names that all objects inherit': { claims: () => ({ toString: 'a', constructor: 'b', hasOwnProperty: 'c' }), options: LONG },
    'that expire by a Date': { claims: () => ({ exp: new Date(exp * 1000) }), options: WITH_EXP },
    'that expire by a Temporal.Instant': {
      claims: () => ({ exp: { epochMilliseconds: exp * 1000, [Symbol.toStringTag]: 'Temporal.Instant' } }),
      options: WITH_EXP,
    },
    'that expire at a fraction of a second': { claims: () => ({ exp: exp + 0.5, iat: NOW - 0.5, nbf: NOW - 0.5 }), options: WITH_EXP },
    'that never expire, said so': { claims: () => ({ sub: SUBJECT }), options: { expiresIn: 'never' } },
    'with lone surrogates': { claims: () => ({ sub: '\ud800' }), options: LONG },
    'with -0, which JSON writes as 0': { claims: () => ({ nbf: -0 }), options: LONG },
  }),
]
