/** What each door costs a browser, bundled, minified and gzipped by itself; exits 1 where it is more than promised. Peers stand beside. */
import { bundledSize } from './bundle.ts'

interface Row {
  readonly name: string
  readonly code: string
  /** The most that it may weigh, in bytes: a ratchet, see docs/decisions/size.md. A peer has none. */
  readonly limit?: number
}

const ROWS: readonly Row[] = [
  { name: 'hs256: everything', code: "export * from 'hs256'", limit: 6875 },
  { name: 'hs256: verify, createKey', code: "export { verify, createKey } from 'hs256'", limit: 5540 },
  { name: 'hs256: sign, createKey', code: "export { sign, createKey } from 'hs256'", limit: 4270 },
  { name: 'hs256/sync: everything', code: "export * from 'hs256/sync'", limit: 5805 },
  { name: 'hs256: decodeUnverified', code: "export { decodeUnverified } from 'hs256'", limit: 2015 },
  {
    name: 'hs256/http without authenticate',
    code: "export { challenge, clearTokenCookie, forbidden, isCrossOrigin, readTokens, tokenCookie, unauthorized } from 'hs256/http'",
    limit: 5070,
  },
  { name: 'hs256/http and all of hs256', code: "export * from 'hs256/http'; export * from 'hs256'", limit: 9670 },
  { name: 'jose: SignJWT, jwtVerify', code: "export { SignJWT, jwtVerify } from 'jose'" },
  { name: 'jose: decodeJwt', code: "export { decodeJwt } from 'jose'" },
  { name: 'hono/jwt: sign, verify', code: "export { sign, verify } from 'hono/jwt'" },
  { name: 'jwt-decode', code: "export * from 'jwt-decode'" },
]

console.log(`${'min+gzip'.padEnd(28)}  bytes  at most`)
for (const row of ROWS) {
  const size = await bundledSize(row.code)
  const { name, limit = Infinity } = row
  const promised = Number.isFinite(limit) ? String(limit) : ''
  console.log(`${name.padEnd(28)} ${String(size).padStart(6)}  ${promised.padStart(7)}${size > limit ? '  TOO MUCH' : ''}`.trimEnd())
  if (size > limit) process.exitCode = 1
}
