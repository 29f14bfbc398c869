/** Values of the options of `verify` that must not disable a check: unset, of the wrong type, or meaningless. */
import { optionSets, type Rule } from './case.ts'

const open: Rule = { attack: 19, kind: 'policy', source: 'docs/decisions.md#strict-defaults', verdict: 'TypeError' }
const texts: readonly unknown[] = [undefined, null, '', 0, 5, NaN, true, false, {}]
const lists: readonly unknown[] = [...texts, [], [''], [undefined], [null], ['a', 5], [['a']], { 0: 'a', length: 1 }, new Set(['a'])]
const flags: readonly unknown[] = [undefined, null, 0, 1, '', 'true', 'false', [], {}]
const lengths: readonly unknown[] = [undefined, null, 0, -1, 1.5, NaN, Infinity, '65536', true, [], 2 ** 53]
const clocks: readonly unknown[] = [
  undefined,
  null,
  1_800_000_000,
  '2027',
  new Date(0),
  {},
  () => undefined,
  () => 1_800_000_000_000,
  () => new Date(NaN),
  () => '2027',
  () => ({ getTime: () => 0 }),
  () => Promise.resolve(new Date(0)),
]
const schemas: readonly unknown[] = [
  undefined,
  null,
  {},
  () => true,
  { '~standard': {} },
  { '~standard': { version: 2, validate: () => ({ value: {} }) } },
  { '~standard': { version: 1, validate: 5 } },
  { parse: () => ({}) },
]

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
  schema: schemas,
}

export const optionValues = Object.entries(VALUES).flatMap(([option, values]) =>
  optionSets(`option ${option}`, open, values, (value) => ({ options: { [option]: value } })),
)
