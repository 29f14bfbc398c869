/** What a user writes first, as a script that prints `works`: in ES modules and in CommonJS, of the isomorphic doors and of `hs256/sync`. */

const IMPORTS = `
import { createKey, decodeUnverified, generateSecret, JwtExpiredError, sign, verify } from 'hs256'
import { authenticate, tokenCookie } from 'hs256/http'
`

/** The isomorphic doors, as a module with a function `works`. */
export const isomorphic = `${IMPORTS}
async function works() {
  const key = createKey(generateSecret())
  const token = await sign({ sub: 'Zoë' }, key, { expiresIn: '1h' })
  const { claims } = await verify(token, key)
  const request = { method: 'GET', headers: { cookie: tokenCookie(token).split(';')[0] } }
  const { status } = await authenticate(request, key)
  const late = await verify(token, key, { now: () => new Date(Date.now() + 4e6) }).catch((error) => error)
  const facts = [claims.sub === 'Zoë', decodeUnverified(token).claims.sub === 'Zoë', status === 'authenticated', late instanceof JwtExpiredError]
  if (!facts.every(Boolean)) throw new Error(facts.join())
  return 'works'
}
`

/** A bundler's entry. */
export const entry = `${isomorphic}export { works }\n`

/** The doors by the addresses of their files: what a page without a bundler begins with. */
export const page = isomorphic.replace("'hs256'", "'/hs256/dist/index.js'").replace("'hs256/http'", "'/hs256/dist/http.js'")

/** All three doors, as a script. */
export const esm = `import { signSync, verifySync } from 'hs256/sync'
${isomorphic}
const key = createKey('a secret of more than thirty-two bytes')
if (verifySync(signSync({ sub: 'u1' }, key, { expiresIn: '1h' }), key).claims.sub !== 'u1') throw new Error('sync')
works().then(console.log)
`

export const cjs = esm.replaceAll(/^import (.*) from (.*)$/gm, 'const $1 = require($2)')
