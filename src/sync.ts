/**
 * `sign` and `verify` without promises, on `node:crypto`: for Node, Bun, Deno, and Workers with `nodejs_compat`.
 *
 * @module hs256/sync
 */
export { signSync } from './jwt/sign-sync.ts'
export { verifySync } from './jwt/verify-sync.ts'
