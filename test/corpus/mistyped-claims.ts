/** `allowMistyped`: a claim of the wrong type counts as absent if it is allowed, and rejects the token otherwise. */
import { optionSets, tokens, type Rule, type Verdict } from './case.ts'
import { withClaim, withClaims as claims } from './forge.ts'

const mistyped: Rule = { attack: 35, kind: 'policy', source: 'RFC 7519 §4.1.1–2, §4.1.6–7', verdict: 'accepted' }
const as = (verdict: Verdict): Rule => ({ ...mistyped, verdict })

/** A schema that accepts all claims, and puts out nothing. */
export const ANY_CLAIMS = { '~standard': { version: 1, vendor: 'test', validate: () => ({ value: {} }) } } as const
/** A schema that requires a numeric subject, but not 1, and puts out text that no other issuer can write. */
const strict = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: ({ sub }: { readonly sub?: unknown }) =>
      typeof sub === 'number' && sub !== 1 ? { value: { sub: `old:${sub}` } } : { issues: [{ message: 'no', path: ['sub'] }] },
  },
}

const allowing = (allowMistyped: unknown, options: object = {}): object => ({ allowMistyped, schema: ANY_CLAIMS, ...options })
const typed = (name: string, allowed: readonly string[] = [name]) => withClaim(name, allowing(allowed))

const NO_TEXTS = ['5', '0', '-1.5', 'null', 'true', 'false', '[]', '["a"]', '{}', '{"toString":"a"}']
const NO_TIMES = ['"1800000000"', '"2027-01-15"', '""', 'null', 'true', '[]', '{}', '1800000000000', '-253402300800']
const ALL = ['iss', 'sub', 'iat', 'jti']
const UNKNOWN = ['aud', 'exp', 'nbf', 'typ', 'role', 'Sub', 'sub ', 'toString', '__proto__', 'constructor']
const NO_LISTS: readonly unknown[] = [undefined, null, true, false, 5, '', 'aud', [], [''], [5], ['sub', 5], ['sub', 'exp'], [['sub']], {}, new Set(['sub']), { 0: 'sub', length: 1 }] // prettier-ignore

export const mistypedClaims = [
  ...['iss', 'sub', 'jti'].flatMap((name) => tokens(`${name} that is allowed to be mistyped`, mistyped, NO_TEXTS, typed(name))),
  ...tokens('iat that is allowed to be mistyped', mistyped, NO_TIMES, typed('iat')),
  ...tokens('claim that is allowed to be mistyped', mistyped, {
    'and is not': claims('"sub":"a"', allowing(['sub'])),
    'and is missing': claims('"a":1', allowing(ALL)),
    'as all others are': claims('"sub":5,"iss":null,"iat":"now","jti":[1]', allowing(ALL)),
    'beside a subject that is expected': claims('"iss":5,"sub":"a"', allowing(['iss'], { subject: 'a' })),
    'as a schema sees': claims('"sub":5', allowing(['sub'], { schema: strict })),
    'on __proto__': claims('"__proto__":{"sub":5}', allowing(['sub'])),
  }),
  ...['iss', 'sub', 'jti'].flatMap(
    (name) =>
    tokens(`${name} that is mistyped, where others may be`, as(`ERR_JWT_CLAIM ${name} invalid`), NO_TEXTS.slice(0, 4), typed(name, ALL.filter((one) => one !== name))), // prettier-ignore
  ),
  ...tokens('iat that is mistyped, where others may be', as('ERR_JWT_CLAIM iat invalid'), NO_TIMES, typed('iat', ['iss', 'sub', 'jti'])),
  ...['exp', 'nbf'].flatMap((name) => tokens(`${name} that is mistyped, where others may be`, as(`ERR_JWT_CLAIM ${name} invalid`), NO_TIMES, typed(name, ALL))), // prettier-ignore
  ...tokens('aud that is mistyped, where others may be', as('ERR_JWT_CLAIM aud invalid'), ['5', 'null', '[5]', '{}'], typed('aud', ALL)),
  ...tokens('claim that is allowed to be mistyped, and rejected by the schema', as('ERR_JWT_CLAIM sub invalid'), {
    'for its value': claims('"sub":1', allowing(['sub'], { schema: strict })),
    'for its type': claims('"sub":"5"', allowing(['sub'], { schema: strict })),
    'for its absence': claims('"a":5', allowing(['sub'], { schema: strict })),
  }),
  ...tokens(
    'claim that is allowed to be mistyped, and rounded',
    as('ERR_JWT_CLAIM sub invalid'),
    ['9007199254740993', '[1e400]'],
    typed('sub'),
  ),
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
