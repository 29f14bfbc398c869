/** What a user writes first, as a script that prints `works`: in ES modules and in CommonJS, of the isomorphic doors and of `hs256/sync`. */

const NAMES = [
  'createKey, decodeUnverified, generateSecret, JwtExpiredError, sign, verify',
  'authenticate, tokenCookie',
  'signSync, verifySync',
]
const [HS256 = '', HTTP = '', SYNC = ''] = NAMES

const ISOMORPHIC = `
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

const SYNCHRONOUS = `
function worksAtOnce() {
  const key = createKey('a secret of more than thirty-two bytes')
  if (verifySync(signSync({ sub: 'u1' }, key, { expiresIn: '1h' }), key).claims.sub !== 'u1') throw new Error('sync')
}
`

const imports = (names: string, door: string): string => `import { ${names} } from '${door}'\n`
const requires = (names: string, door: string): string => `const { ${names} } = require('${door}')\n`

/** The isomorphic doors, as a module that exports `works`: a bundler's entry. */
export const entry = `${imports(HS256, 'hs256')}${imports(HTTP, 'hs256/http')}${ISOMORPHIC}export { works }\n`

/** The isomorphic doors, by the addresses of their files: what a page without a bundler begins with. */
export const page = `${imports(HS256, '/hs256/dist/index.js')}${imports(HTTP, '/hs256/dist/http.js')}${ISOMORPHIC}`

/** All three doors, as a script. */
export const esm = `${imports(HS256, 'hs256')}${imports(HTTP, 'hs256/http')}${imports(SYNC, 'hs256/sync')}${ISOMORPHIC}${SYNCHRONOUS}worksAtOnce()\nconsole.log(await works())\n`

export const cjs = `${requires(HS256, 'hs256')}${requires(HTTP, 'hs256/http')}${requires(SYNC, 'hs256/sync')}${ISOMORPHIC}${SYNCHRONOUS}worksAtOnce()\nworks().then(console.log)\n`
