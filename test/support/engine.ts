/** The engine that a suite runs over. `engines.test.ts` runs each suite again, with `engine-sync.ts` in the place of this file. */
import { it } from 'vitest'

export { createSigner, createVerifier, sign, verify } from 'hs256'

/** Whether it waits for promises of schemas and key functions. */
export const waits: boolean = true

/** States a fact about what it waits for. */
export const waiting: (fact: string, proof: () => Promise<void>) => void = it
