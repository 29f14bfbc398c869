/** Numbers to sign: `sign` rejects those that `verify` would reject. */
import { but, claimSets, type Rule } from './case.ts'

const rounded: Rule = { attack: 32, kind: 'policy', source: 'RFC 8259 §6; RFC 7493 §2.2', verdict: 'TypeError' }
const exact = but(rounded, { kind: 'rfc', source: 'RFC 8259 §6', verdict: 'accepted' })
const deep = but(rounded, { attack: 16, source: 'far from the depth at which engines run out of stack', verdict: 'RangeError' })

const LIMIT = 2 ** 53
const LONG = { expiresIn: '1h' }

/** Lists and objects in each other, this many levels below the claims. */
const NESTED: Readonly<Record<string, (levels: number) => string>> = {
  lists: (levels) => `{"id":${'['.repeat(levels)}${']'.repeat(levels)}}`,
  objects: (levels) => `{"id":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}`,
}

export const numbersToSign = [
  ...claimSets(
    'number to sign that is rounded',
    rounded,
    [LIMIT, -LIMIT, LIMIT + 2, 1e16, -1e16, 2 ** 64, 1e21, Number.MAX_VALUE, -Number.MAX_VALUE],
    (id) => ({ claims: () => ({ id }), options: LONG }),
  ),
  ...claimSets('number to sign that is rounded', rounded, {
    'in a list': { claims: () => ({ id: [0, LIMIT] }), options: LONG },
    'in objects in lists': { claims: () => ({ id: [{ a: [{ b: -LIMIT }] }] }), options: LONG },
    'by toJSON': { claims: () => ({ id: { toJSON: () => LIMIT } }), options: LONG },
    'in a claim named __proto__': { claims: () => JSON.parse(`{"__proto__":${LIMIT}}`) as unknown, options: LONG },
    'in the header': { claims: () => ({}), options: { ...LONG, header: { x: LIMIT } } },
    'in objects in the header': { claims: () => ({}), options: { ...LONG, header: { x: { y: [-LIMIT] } } } },
  }),
  ...claimSets('number to sign that is exact', exact, [LIMIT - 1, 1 - LIMIT, 1e15, -1e15, 2 ** 52 + 0.5, 0.1, 5e-324, 1e-7, -0], (id) => ({
    claims: () => ({ id, list: [{ id }] }),
    options: { ...LONG, header: { x: id } },
  })),
  ...claimSets('1001 levels to sign', deep, NESTED, (nest) => ({ claims: () => JSON.parse(nest(1001)) as unknown, options: LONG })),
  ...claimSets('1000 levels to sign', but(deep, 'accepted'), NESTED, (nest) => ({
    claims: () => JSON.parse(nest(1000)) as unknown,
    options: LONG,
  })),
]
