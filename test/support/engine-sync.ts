/** `hs256/sync` in the shape of `engine.ts`: what it returns is resolved, what it throws is rejected. */
import type { createSigner as CreateSigner, createVerifier as CreateVerifier, sign as Sign, verify as Verify } from 'hs256'
import { createSignerSync, createVerifierSync, signSync, verifySync } from 'hs256/sync'

export const sign = (async (...call: Parameters<typeof signSync>) => signSync(...call)) as typeof Sign
export const verify = (async (...call: Parameters<typeof verifySync>) => verifySync(...call)) as typeof Verify

export const createSigner = ((...call: Parameters<typeof createSignerSync>) => {
  const issue = createSignerSync(...call) as (...claims: readonly unknown[]) => string
  return async (...claims: readonly unknown[]) => issue(...claims)
}) as typeof CreateSigner
export const createVerifier = ((...call: Parameters<typeof createVerifierSync>) => {
  const check = createVerifierSync(...call) as (...token: readonly unknown[]) => unknown
  return async (...token: readonly unknown[]) => check(...token)
}) as unknown as typeof CreateVerifier

/** Whether it waits for promises of schemas and key functions. */
export const waits: boolean = false

export const waiting = (): void => {}
