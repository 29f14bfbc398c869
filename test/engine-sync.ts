/** `hs256/sync` in the shape of `engine.ts`: what it returns is resolved, what it throws is rejected. */
import type { sign as Sign, verify as Verify } from 'hs256'
import { signSync, verifySync } from 'hs256/sync'

export const sign = (async (...call: Parameters<typeof signSync>) => signSync(...call)) as typeof Sign
export const verify = (async (...call: Parameters<typeof verifySync>) => verifySync(...call)) as typeof Verify

/** Whether it waits for promises of schemas and key functions. */
export const waits: boolean = false

/** States nothing: it waits for nothing. */
export const waiting = (): void => {}
