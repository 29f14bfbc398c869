/** `allowMistyped`: a claim of the wrong type counts as absent if it is allowed, and rejects the token otherwise. */
import { schemaOf } from '../support/schemas.ts'
import { optionSets, rule, tokens, type Verdict } from './case.ts'
import { withClaim, withClaims as claims } from './forge.ts'

const as = (verdict: Verdict) => rule(35, 'policy', 'RFC 7519 §4.1.1–2, §4.1.6–7', verdict)
const mistyped = as('accepted')

/** A schema that accepts all claims, and puts out nothing. */
export const ANY_CLAIMS = schemaOf(() => ({ value: {} }))
/** A schema that requires a numeric subject, but not 1, and puts out text that no other issuer can write. */
const strict = schemaOf(({ sub }: { readonly sub?: unknown }) =>
  typeof sub === 'number' && sub !== 1 ? { value: { sub: `old:${sub}` } } : { issues: [{ message: 'no', path: ['sub'] }] },
)

const allowing = (allowMistyped: unknown, options: object = {}): object => ({ allowMistyped, schema: ANY_CLAIMS, ...options })
const typed = (name: string, allowed: readonly string[] = [name]) => withClaim(name, allowing(allowed))

const NO_TEXTS = ['5', '0', '-1.5', 'null', 'true', 'false', '[]', '["a"]', '{}', '{"toString":"a"}']
const NO_TIMES = ['"1800000000"', '"2027-01-15"', '""', 'null', 'true', '[]', '{}', '1800000000000', '-253402300800']
const ROUNDED = ['9007199254740993', '[1e400]']
const TEXTS = ['iss', 'sub', 'jti']
const ALL = ['iss', 'sub', 'iat', 'jti']
const UNKNOWN = ['aud', 'exp', 'nbf', 'typ', 'role', 'Sub', 'sub ', 'toString', '__proto__', 'constructor']
const NO_LISTS: readonly unknown[] = [undefined, null, true, false, 5, '', 'aud', [], [''], [5], ['sub', 5], ['sub', 'exp'], [['sub']], {}, new Set(['sub']), { 0: 'sub', length: 1 }] // prettier-ignore

/** Tokens with values of this claim, where all others may be mistyped. */
const refused = (name: string, values: readonly string[]) => {
  const others = ALL.filter((one) => one !== name)
  return tokens(`${name} that is mistyped, where others may be`, as(`ERR_JWT_CLAIM ${name} invalid`), values, typed(name, others))
}

export const mistypedClaims = [
  ...TEXTS.flatMap((name) => tokens(`${name} that is allowed to be mistyped`, mistyped, NO_TEXTS, typed(name))),
  ...tokens('iat that is allowed to be mistyped', mistyped, NO_TIMES, typed('iat')),
  ...tokens('claim that is allowed to be mistyped', mistyped, {
    'and is not': claims('"sub":"a"', allowing(['sub'])),
    'and is missing': claims('"a":1', allowing(ALL)),
    'as all others are': claims('"sub":5,"iss":null,"iat":"now","jti":[1]', allowing(ALL)),
    'beside a subject that is expected': claims('"iss":5,"sub":"a"', allowing(['iss'], { subject: 'a' })),
    'as a schema sees': claims('"sub":5', allowing(['sub'], { schema: strict })),
    'on __proto__': claims('"__proto__":{"sub":5}', allowing(['sub'])),
  }),
  ...TEXTS.flatMap((name) => refused(name, NO_TEXTS.slice(0, 4))),
  ...['iat', 'exp', 'nbf'].flatMap((name) => refused(name, NO_TIMES)),
  ...refused('aud', ['5', 'null', '[5]', '{}']),
  ...tokens('claim that is allowed to be mistyped, and rejected by the schema', as('ERR_JWT_CLAIM sub invalid'), {
    'for its value': claims('"sub":1', allowing(['sub'], { schema: strict })),
    'for its type': claims('"sub":"5"', allowing(['sub'], { schema: strict })),
    'for its absence': claims('"a":5', allowing(['sub'], { schema: strict })),
  }),
  ...tokens('claim that is allowed to be mistyped, and rounded', as('ERR_JWT_CLAIM sub invalid'), ROUNDED, typed('sub')),
  ...tokens('iat that is allowed to be mistyped, and is not,', as('ERR_JWT_NOT_YET_VALID'), {
    'in the future': typed('iat')('1800000061'),
  }),
  ...tokens('exp that is past, beside a claim that is mistyped', as('ERR_JWT_EXPIRED'), {
    'and allowed': { token: { payload: '{"exp":1800000000,"sub":5}' }, options: allowing(['sub']) },
  }),
  ...tokens('claim that is required, beside one that is mistyped', as('ERR_JWT_CLAIM role missing'), {
    'and allowed': claims('"sub":5', allowing(['sub'], { required: 'role' })),
  }),
  ...tokens('aud of whoever it is, beside a claim that is mistyped', as('ERR_JWT_CLAIM aud mismatch'), {
    'and allowed': claims('"sub":5,"aud":"orders"', allowing(['sub'])),
  }),
  ...optionSets('option allowMistyped', as('TypeError'), NO_LISTS, (value) => ({ options: allowing(value) })),
  ...optionSets('option allowMistyped of another claim', as('TypeError'), UNKNOWN, (name) => ({ options: allowing([name]) })),
  ...optionSets('option allowMistyped without a schema', as('TypeError'), ALL, (name) => ({ options: { allowMistyped: [name] } })),
  ...optionSets('option allowMistyped beside one that needs the claim', as('TypeError'), {
    issuer: { options: allowing(['iss'], { issuer: 'a' }) },
    subject: { options: allowing(['sub'], { subject: 'a' }) },
    maxAge: { options: allowing(['iat'], { maxAge: '1h' }) },
    'maxAge of nothing': { options: allowing(['iat'], { maxAge: 0 }) },
    required: { options: allowing(['jti'], { required: ['exp', 'jti'] }) },
    'required, as a string': { options: allowing(['jti'], { required: 'jti' }) },
    'the last of a list': { options: allowing(ALL, { required: 'jti' }) },
  }),
  ...optionSets('option allowMistyped that is good', mistyped, {
    'a claim': { options: allowing(['sub']) },
    'all claims': { options: allowing(ALL) },
    'beside another claim': { options: allowing(['jti'], { required: ['exp', 'sub'] }) },
    frozen: { options: Object.freeze(allowing(Object.freeze(['sub']))) },
  }),
]
