/** Invalid options of `verify`: unknown, misspelt, contradictory, regular expressions and caches. */
import { but, optionSets, type Rule } from './case.ts'

const open: Rule = { attack: 19, kind: 'policy', source: 'docs/decisions.md#strict-defaults', verdict: 'TypeError' }
const expression = but(open, { attack: 22, source: 'CVE-2026-35039, CVE-2026-35040, CVE-2026-35041' })

/** Options of other libraries, and typos. */
const UNKNOWN = [
  ...'algorithms|algorithm|alg|iss|aud|sub|Issuer|issuer |audiences|ignoreExpiration|requiredClaims|clockTimestamp'.split('|'),
  ...'currentDate|maxTokenAge|typ|verify|complete|nonce|jwtid|toString|constructor|__proto__|hasOwnProperty|'.split('|'),
]
const EXPRESSIONS: readonly object[] = [
  { issuer: /^https:/ },
  { issuer: [/^https:/g] },
  { audience: /orders/ },
  { audience: ['a', /(a+)+$/] },
  { subject: /./ },
  { type: /jwt/i },
  { required: /./ },
  { cache: true },
  { cache: 1000 },
  { cacheTTL: 600 },
  { cacheKeyBuilder: () => 'same' },
]
const NO_OBJECTS = [null, 'HS256', 5, [], ['HS256'], () => ({}), new Map([['issuer', 'a']]), new Date(0)]
const own = (name: string): object => Object.defineProperty({}, name, { value: 'HS256', enumerable: true })
export const optionCases = [
  ...optionSets('option unknown', open, UNKNOWN, (unknown) => ({ options: own(unknown) })),
  ...optionSets('option unknown', open, {
    'a symbol': { options: { [Symbol('issuer')]: 'a' } },
    'not enumerable': { options: Object.defineProperty({}, 'algorithms', { value: ['none'] }) },
    'and undefined': { options: { algorithms: undefined } },
  }),
  ...optionSets('options are not a plain object', open, NO_OBJECTS, (options) => ({ options })),
  ...optionSets('options are not a plain object', open, {
    'an object that inherits': { options: Object.create({ issuer: 'a' }) as unknown },
    'of a class': { options: new (class Options { readonly issuer = 'a' })() }, // prettier-ignore
  }),
  ...optionSets('options that contradict each other', open, {
    'audience and ignoreAudience': { options: { audience: 'a', ignoreAudience: true } },
  }),
  ...optionSets('option of expressions and caches', expression, EXPRESSIONS, (options) => ({ options })),
  ...optionSets('options that are good', but(open, 'accepted'), {
    none: { options: {} },
    'left out': { options: undefined },
    'without a prototype': { options: Object.assign(Object.create(null) as object, { requireExp: true }) },
    'all that matter': { options: { requireExp: true, ignoreAudience: false, clockTolerance: 0, maxLength: 65_536, required: ['exp'] } },
    frozen: { options: Object.freeze({ required: Object.freeze(['exp', 'sub']) }) },
  }),
]
