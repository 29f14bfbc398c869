/** Which tests run where. `test/suites.test.ts` checks that none is missing, and that the tests for every runtime do not need Node. */

/** The suites of `hs256` and `hs256/http`, for every runtime. */
export const ISOMORPHIC = [
  'base64url',
  'corpus',
  'decode-unverified',
  'errors',
  'hmac',
  'http-authenticate',
  'http-challenge',
  'http-cookie',
  'http-cross-origin',
  'http-tokens',
  'keys',
  'malformed',
  'messages',
  'mistakes',
  'options',
  'prepared',
  'properties/anything',
  'properties/challenges',
  'properties/cookies',
  'properties/numbers',
  'properties/requests',
  'properties/round-trips',
  'properties/spellings',
  'properties/times',
  'properties/unchanged',
  'remember',
  'rules',
  'schema',
  'sign',
  'vectors',
] as const

/** The suites of `hs256/sync`, for runtimes that have `node:crypto`; `engines` and
`properties/engine-sync` run those of `sign` and `verify` once more over it. */
export const SYNCHRONOUS = ['engines', 'hmac-node', 'properties/agreement', 'properties/engine-sync', 'properties/memory', 'sync'] as const

/** The files of suites, relative to the root of the repository. */
export const filesOf = (suites: readonly string[]): string[] => suites.map((suite) => `test/${suite}.test.ts`)
