/**
 * Synchronous functions on `node:crypto`, for Node, Bun, Deno and Workers with `nodejs_compat`.
 *
 * @module hs256/sync
 */
export { createSignerSync, signSync, type SyncSigner } from './sign-sync.ts'
export { createVerifierSync, verifySync } from './verify-sync.ts'
export type { SyncKeyFinder, SyncVerifier } from './verify-sync.ts'
