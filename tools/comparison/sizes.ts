/** The size of each library in a browser bundle. */
import { bundledSize } from '../bundle.ts'
import { NAMES, type Name } from './peers.ts'

/** For each task, the code that does it. */
const TASKS: Readonly<Record<string, Readonly<Partial<Record<Name, string>>>>> = {
  'to sign and verify': {
    hs256: "export { createKey, sign, verify } from 'hs256'",
    jose: "export { jwtVerify, SignJWT } from 'jose'",
    jsonwebtoken: "export { sign, verify } from 'jsonwebtoken'",
    'fast-jwt': "export { createSigner, createVerifier } from 'fast-jwt'",
    'hono/jwt': "export { sign, verify } from 'hono/jwt'",
  },
  'to read': {
    hs256: "export { decodeUnverified } from 'hs256'",
    jose: "export { decodeJwt } from 'jose'",
    jsonwebtoken: "export { decode } from 'jsonwebtoken'",
    'fast-jwt': "export { createDecoder } from 'fast-jwt'",
    'hono/jwt': "export { decode } from 'hono/jwt'",
    'jwt-decode': "export { jwtDecode } from 'jwt-decode'",
  },
}

/** The size of each library for each task, minified and gzipped, in kB. */
export function sizes(): Promise<readonly (readonly [task: string, ...cells: string[]])[]> {
  return Promise.all(
    Object.entries(TASKS).map(async ([task, codes]) => [task, ...(await Promise.all(NAMES.map((name) => cell(codes[name]))))] as const),
  )
}

async function cell(code: string | undefined): Promise<string> {
  if (code === undefined) return '–'
  try {
    return `${((await bundledSize(code)) / 1000).toFixed(1)} kB`
  } catch {
    return 'Node only' // it imports modules that browsers lack
  }
}
