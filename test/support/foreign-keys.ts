/** Keys that are not of this copy of the library: where they are rejected, and with what words. */
import { createKey, type JwtKeys } from 'hs256'
import { authenticate, createGuard } from 'hs256/http'
import { createSigner, createVerifier, sign, verify } from './engine.ts'
import { forge, SECRET } from './forge.ts'

const TOKEN = forge()
const key = createKey(SECRET)

/** Every use of keys, by the name of its function. */
export const KEY_USES: Readonly<Record<string, (keys: JwtKeys) => unknown>> = {
  sign: (keys) => sign({}, keys, { expiresIn: '1h' }),
  createSigner: (keys) => createSigner(keys, { expiresIn: '1h' }),
  verify: (keys) => verify(TOKEN, keys),
  createVerifier: (keys) => createVerifier(keys),
  'verify, in a list': (keys) => verify(TOKEN, [key, keys].flat()),
  'verify, by a key function': (keys) => verify(TOKEN, () => keys),
  createGuard: (keys) => createGuard(keys),
  authenticate: (keys) => authenticate({ method: 'GET', headers: { authorization: `Bearer ${TOKEN}` } }, keys),
}

/** What the error says: what happened, and what to do. */
export const FOREIGN_KEY =
  'key is from another copy of hs256 (a bundle, a hot reload, a test reset, CommonJS mixed with ES modules) or another thread: ' +
  'share the secret, not the key, and call createKey where the key is used'
