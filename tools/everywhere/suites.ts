/** Which tests run where: `test/suites.test.ts` shows that none is missing, and that those of every runtime need nothing of Node's. */

/** The suites of `hs256` and `hs256/http`, for every runtime. */
export const ISOMORPHIC = [
  'base64url',
  'decode-unverified',
  'errors',
  'hmac',
  'http-authenticate',
  'http-challenge',
  'http-cookie',
  'http-cross-origin',
  'http-properties',
  'http-tokens',
  'keys',
  'malformed',
  'messages',
  'options',
  'properties',
  'rules',
  'schema',
  'sign',
  'vectors',
] as const

/** The suites of `hs256/sync`, for runtimes that have `node:crypto`; `engines` runs those of `sign` and `verify` once more over it. */
export const SYNCHRONOUS = ['engines', 'hmac-node', 'sync'] as const

/** The files of suites, from the root of the repository. */
export const filesOf = (suites: readonly string[]): string[] => suites.map((suite) => `test/${suite}.test.ts`)
