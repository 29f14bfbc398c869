/** Registered claims of the wrong type: `sign` rejects whatever `verify` would reject. */
import { but, claimSets, type Rule } from './case.ts'
import { NOW } from './forge.ts'

const times: Rule = { attack: 17, kind: 'rfc', source: 'RFC 7519 §4.1.4–6', verdict: 'TypeError' }
const texts = but(times, { attack: 20, source: 'RFC 7519 §4.1.1–3, §4.1.7' })
const exp = NOW + 3600
const NO_TIMES: readonly unknown[] = ['1800003600', '1h', null, true, [], [exp], {}, '', NaN, Infinity, -Infinity]
const NO_TEXTS: readonly unknown[] = [null, 5, true, {}, ['a']]
/** A claim to sign. `expiresIn` and `exp` exclude each other. */
const signing = (claim: string, value: unknown) => ({
  claims: () => ({ [claim]: value }),
  options: claim === 'exp' ? {} : { expiresIn: '1h' },
})

export const claimTypes = [
  ...['exp', 'nbf', 'iat'].flatMap((claim) => claimSets(`${claim} to sign`, times, NO_TIMES, (value) => signing(claim, value))),
  ...claimSets('time to sign', but(times, { kind: 'policy' }), {
    'exp in milliseconds': signing('exp', exp * 1000),
    'nbf in milliseconds': signing('nbf', NOW * 1000),
    'iat in milliseconds': signing('iat', NOW * 1000),
    'exp undefined': signing('exp', undefined),
    'exp an invalid Date': signing('exp', new Date(NaN)),
    'exp a bigint': signing('exp', 5n),
  }),
  ...['iss', 'sub', 'jti'].flatMap((claim) => claimSets(`${claim} to sign`, texts, NO_TEXTS, (value) => signing(claim, value))),
  ...claimSets('aud to sign', texts, [null, 5, true, {}, [5], [null], ['a', 5], [['a']]], (aud) => signing('aud', aud)),
  ...['iss', 'sub', 'aud', 'jti', 'nbf', 'iat'].flatMap((claim) =>
    claimSets('registered claim that is undefined', but(texts, { kind: 'policy' }), { [claim]: signing(claim, undefined) }),
  ),
]
