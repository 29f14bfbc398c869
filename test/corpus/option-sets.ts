/** Options of `verify`: unknown, misspelt, contradictory, regular expressions and caches; and values that must not disable a check. */
import { but, optionSets, rule } from './case.ts'
import { NOW } from './forge.ts'

const open = rule(19, 'policy', 'docs/decisions.md#strict-defaults', 'TypeError')
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

const texts: readonly unknown[] = [undefined, null, '', 0, 5, NaN, true, false, {}]
const lists: readonly unknown[] = [...texts, [], [''], [undefined], [null], ['a', 5], [['a']], { 0: 'a', length: 1 }, new Set(['a'])]
const flags: readonly unknown[] = [undefined, null, 0, 1, '', 'true', 'false', [], {}]
const lengths: readonly unknown[] = [undefined, null, 0, -1, 1.5, NaN, Infinity, '65536', true, [], 2 ** 53]
const noInstants: readonly unknown[] = [undefined, NOW * 1000, new Date(NaN), '2027', { getTime: () => 0 }, Promise.resolve(new Date(0))]
const clocks: readonly unknown[] = [undefined, null, NOW, '2027', new Date(0), {}, ...noInstants.map((value) => () => value)]
const standards: readonly unknown[] = [{}, { version: 2, validate: () => ({ value: {} }) }, { version: 1, validate: 5 }]
const noSchemas: readonly unknown[] = [undefined, null, {}, () => true, ...standards.map((standard) => ({ '~standard': standard }))]
/** Values that are unset, of the wrong type, or meaningless. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  issuer: lists,
  audience: lists,
  required: lists,
  subject: [...texts, [], ['a']],
  type: [...texts, [], ['JWT']],
  requireExp: flags,
  ignoreAudience: flags,
  maxLength: lengths,
  now: clocks,
  schema: [...noSchemas, { parse: () => ({}) }],
}

export const optionValues = Object.entries(VALUES).flatMap(([option, values]) =>
  optionSets(`option ${option}`, open, values, (value) => ({ options: { [option]: value } })),
)
