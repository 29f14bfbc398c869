/** The size of each export in a browser: bundled, minified and gzipped. Exits with 1 if one exceeds its limit. Peers are listed for comparison. */
import { bundledSize } from './bundle.ts'

interface Row {
  readonly name: string
  readonly code: string
  /** The limit in bytes; docs/decisions/size.md says when it changes. Peers have none. */
  readonly limit?: number
}

const ROWS: readonly Row[] = [
  { name: 'hs256: everything', code: "export * from 'hs256'", limit: 10420 },
  { name: 'hs256: verify, createKey', code: "export { verify, createKey } from 'hs256'", limit: 8020 },
  { name: 'hs256: createVerifier, createKey', code: "export { createVerifier, createKey } from 'hs256'", limit: 8610 },
  { name: 'hs256: sign, createKey', code: "export { sign, createKey } from 'hs256'", limit: 6200 },
  { name: 'hs256/sync: everything', code: "export * from 'hs256/sync'", limit: 8960 },
  { name: 'hs256: decodeUnverified', code: "export { decodeUnverified } from 'hs256'", limit: 2850 },
  {
    name: 'hs256/http without authenticate',
    code: "export { challenge, clearTokenCookie, forbidden, isCrossOrigin, readTokens, tokenCookie, unauthorized } from 'hs256/http'",
    limit: 6740,
  },
  { name: 'hs256/http and all of hs256', code: "export * from 'hs256/http'; export * from 'hs256'", limit: 13920 },
  { name: 'jose: SignJWT, jwtVerify', code: "export { SignJWT, jwtVerify } from 'jose'" },
  { name: 'jose: decodeJwt', code: "export { decodeJwt } from 'jose'" },
  { name: 'hono/jwt: sign, verify', code: "export { sign, verify } from 'hono/jwt'" },
  { name: 'jwt-decode', code: "export * from 'jwt-decode'" },
]

console.log(`${'min+gzip'.padEnd(34)}  bytes  at most`)
for (const row of ROWS) {
  const size = await bundledSize(row.code)
  const { name, limit = Infinity } = row
  const promised = Number.isFinite(limit) ? String(limit) : ''
  console.log(`${name.padEnd(34)} ${String(size).padStart(6)}  ${promised.padStart(7)}${size > limit ? '  TOO MUCH' : ''}`.trimEnd())
  if (size > limit) process.exitCode = 1
}
