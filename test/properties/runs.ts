/**
 * How often each property runs: `FC_RUNS`, 100 by default. A failure prints its seed and path; `FC_SEED` runs with that seed again, and
 * `fc.assert(…, { seed, path })` the very input.
 */
import fc from 'fast-check'
import { it, vi } from 'vitest'

const { process } = globalThis as { readonly process?: { readonly env?: Readonly<Record<string, string>> } } // not in every runtime
const { FC_RUNS = '100', FC_SEED } = process?.env ?? {}
fc.configureGlobal({ numRuns: Number(FC_RUNS), ...(FC_SEED !== undefined && { seed: Number(FC_SEED) }) })
vi.setConfig({ testTimeout: 10_000 + 20 * Number(FC_RUNS) })

const state: (fact: string, proof: () => Promise<void>) => void = it

/** States a fact about any values of these kinds. */
export function property<Values extends [unknown, ...unknown[]]>(
  fact: string,
  ...any: [...kinds: { [At in keyof Values]: fc.Arbitrary<Values[At]> }, proof: (...values: Values) => void | Promise<void>]
): void {
  state(fact, () => fc.assert(fc.asyncProperty<Values>(...(any as Parameters<typeof fc.asyncProperty<Values>>))))
}
