/**
 * A MAC is compared in two places, both in hmac/, each in constant time: by `subtle.verify`, and by one loop that looks at every character.
 * A comparison that stops at the first difference would reveal the right MAC to a forger, character by character. So every line of src/ that
 * uses a MAC is pinned here: before you change this list, check that the new line does not compare early.
 */
import { posix } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { filesOf, read } from './support/docs-pages.ts'

/** The code of each source, without comments and types. */
const sources: Readonly<Record<string, string>> = Object.fromEntries(
  filesOf('src', '.ts').map((path) => {
    const code = ts.transpile(read(path), { target: ts.ScriptTarget.ES2022, removeComments: true })
    return [posix.relative('src', path), code.replaceAll(/^ +|;$/gm, '')]
  }),
)

/** Every line that names a MAC, except messages. */
const USES: Readonly<Record<string, readonly string[]>> = {
  'hmac/node.ts': [
    'export function verifyMac(key, input, mac) {',
    'let difference = mac.length ^ expected.length',
    'difference |= mac.charCodeAt(i) ^ expected.charCodeAt(i)',
  ],
  'hmac/webcrypto.ts': [
    'export function verifyMac(key, input, mac) {',
    "return webCrypto().subtle.verify('HMAC', cryptoKey, mac, input)",
    "return importOnce(key).then((made) => webCrypto().subtle.verify('HMAC', made, mac, input))",
  ],
  'jws.ts': [
    'return { header, payload, signingInput: token.slice(0, last), mac: token.slice(last + 1) }',
    'export function requireMac({ header, mac }, token) {',
    'if (!isBase64url(mac))',
    "if (header.alg === 'HS256' && mac.length !== 43)",
  ],
  'memory.ts': [
    'function comesAgain(mac) {',
    'hash = Math.imul(hash, 65) ^ mac.charCodeAt(i)', // of eight characters, whatever they are
    'const mac = token.slice(-43)',
    'const found = young.get(mac) ?? old.get(mac)',
    'if (found === undefined && !comesAgain(jws.mac))',
    'young.set(entry.mac, entry)',
    'mac: copy.slice(-43),',
  ],
  'verify-sync.ts': ['function findSigner({ header, signingInput, mac }, known, remembered) {', 'if (verifyMac(key, signingInput, mac))'],
  'verify.ts': [
    'const mac = decodeBase64url(jws.mac) ?? new Uint8Array(0)',
    'if ((await verifyMac(candidate, signingInput, mac)) !== true)',
  ],
}

it('a MAC is split off, looked up by its hash and handed to the engine that compares it: nothing else happens to it', () => {
  const linesOf = (code: string): readonly string[] =>
    code.split('\n').filter((line) => /\b(?:macs?|signature)\b/i.test(line.replaceAll(/'(?:token|catch) [^']*'/g, '')))
  const found = Object.entries(sources).map(([path, code]) => [path, linesOf(code)] as const)
  expect(Object.fromEntries(found.filter(([, lines]) => lines.length > 0))).toEqual(USES)
})

it('a MAC is compared by an exclusive or of the length and of every character, without an early exit, on node:crypto', () => {
  const loop = ['for (let i = 0; i < expected.length; i++)', USES['hmac/node.ts']![2], 'return difference === 0', '}'].join('\n')
  expect(sources['hmac/node.ts']).toContain(`\n${loop}\n`)
})

it('a MAC is computed in hmac/ alone: nothing else has a right one that it could compare', () => {
  const computing = Object.keys(sources).filter((path) => !path.startsWith('hmac/') && /\bsignMac\b/.test(sources[path]!))
  expect(computing.sort()).toEqual(['sign-sync.ts', 'sign.ts'])
})
