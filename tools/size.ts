/** Prints the sizes of bundles for a browser, minified and gzipped. Exits with 1 if one exceeds its limit. */
import { build } from 'esbuild'
import { gzipSync } from 'node:zlib'

/** Code, and the most bytes it may have: a limit is raised only for a reason, and lowered when the code shrinks. */
const ROWS: readonly { readonly name: string; readonly code: string; readonly limit: number }[] = [
  { name: 'hs256: everything', code: "export * from 'hs256'", limit: 10420 },
  { name: 'hs256: verify, createKey', code: "export { verify, createKey } from 'hs256'", limit: 8010 },
  { name: 'hs256: createVerifier, createKey', code: "export { createVerifier, createKey } from 'hs256'", limit: 8600 },
  { name: 'hs256: sign, createKey', code: "export { sign, createKey } from 'hs256'", limit: 6250 },
  { name: 'hs256/sync: everything', code: "export * from 'hs256/sync'", limit: 9000 },
  { name: 'hs256: decodeUnverified', code: "export { decodeUnverified } from 'hs256'", limit: 2900 },
  {
    name: 'hs256/http without authenticate',
    code: "export { challenge, clearTokenCookie, forbidden, isCrossOrigin, readTokens, tokenCookie, unauthorized } from 'hs256/http'",
    limit: 6790,
  },
  { name: 'hs256/http and all of hs256', code: "export * from 'hs256/http'; export * from 'hs256'", limit: 13950 },
]

console.log(`${'min+gzip'.padEnd(34)}  bytes  at most`)
for (const { name, code, limit } of ROWS) {
  const external = code.includes("'hs256/sync'") ? ['node:buffer', 'node:crypto'] : []
  const stdin = { contents: code, resolveDir: import.meta.dirname }
  const options = { bundle: true, minify: true, write: false, format: 'esm', platform: 'browser', target: 'es2022' } as const
  const { outputFiles } = await build({ stdin, external, ...options })
  const size = gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length
  console.log(`${name.padEnd(34)} ${String(size).padStart(6)}  ${String(limit).padStart(7)}${size > limit ? '  TOO MUCH' : ''}`)
  if (!(size > 100 && size <= limit)) process.exitCode = 1
}
