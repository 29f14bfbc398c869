/** Registered claims of the wrong type: `sign` rejects whatever `verify` would reject. */
import { but, claimSets, type Rule } from './case.ts'
import { NOW } from './forge.ts'

const times: Rule = { attack: 17, kind: 'rfc', source: 'RFC 7519 §4.1.4–6', verdict: 'TypeError' }
const texts = but(times, { attack: 20, source: 'RFC 7519 §4.1.1–3, §4.1.7' })
const LONG = { expiresIn: '1h' }
const exp = NOW + 3600
const WITH_EXP = {} // no expiresIn with an exp
const NO_TIMES: readonly unknown[] = ['1800003600', '1h', null, true, [], [exp], {}, '']
const NOT_FINITE: readonly unknown[] = [NaN, Infinity, -Infinity]

export const claimTypes = [
  ...claimSets('exp to sign', times, [...NO_TIMES, ...NOT_FINITE], (value) => ({ claims: () => ({ exp: value }), options: WITH_EXP })),
  ...claimSets('nbf to sign', times, [...NO_TIMES, ...NOT_FINITE], (value) => ({ claims: () => ({ nbf: value }), options: LONG })),
  ...claimSets('iat to sign', times, [...NO_TIMES, ...NOT_FINITE], (value) => ({ claims: () => ({ iat: value }), options: LONG })),
  ...claimSets('time to sign', but(times, { kind: 'policy' }), {
    'exp in milliseconds': { claims: () => ({ exp: exp * 1000 }), options: WITH_EXP },
    'nbf in milliseconds': { claims: () => ({ nbf: NOW * 1000 }), options: LONG },
    'iat in milliseconds': { claims: () => ({ iat: NOW * 1000 }), options: LONG },
    'exp undefined': { claims: () => ({ exp: undefined }), options: WITH_EXP },
    'exp an invalid Date': { claims: () => ({ exp: new Date(NaN) }), options: WITH_EXP },
    'exp a bigint': { claims: () => ({ exp: 5n }), options: WITH_EXP },
  }),
  ...claimSets('iss to sign', texts, [null, 5, true, {}, ['a']], (iss) => ({ claims: () => ({ iss }), options: LONG })),
  ...claimSets('sub to sign', texts, [null, 5, true, {}, ['a']], (sub) => ({ claims: () => ({ sub }), options: LONG })),
  ...claimSets('jti to sign', texts, [null, 5, true, {}, ['a']], (jti) => ({ claims: () => ({ jti }), options: LONG })),
  ...claimSets('aud to sign', texts, [null, 5, true, {}, [5], [null], ['a', 5], [['a']]], (aud) => ({
    claims: () => ({ aud }),
    options: LONG,
  })),
  ...claimSets(
    'registered claim that is undefined',
    but(texts, { kind: 'policy' }),
    ['iss', 'sub', 'aud', 'jti', 'nbf', 'iat'],
    (claim) => ({ claims: () => ({ [claim]: undefined }), options: LONG }),
  ),
]
