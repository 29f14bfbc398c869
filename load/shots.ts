/** The requests: good, expired, forged and garbage tokens, and none, by cookie and by header. */
import { randomBytes } from 'node:crypto'
import { createKey, sign } from 'hs256'
import { ACCESS, AUDIENCE, FIRST_KID, ISSUER, SESSION } from '../examples/distributed-auth/agreement.ts'
import type { FileKey } from '../examples/keys-from-file/rotate.ts'
import type { Credential } from './deserved.ts'

/** A request, with what is known about its tokens, in the order in which they count. */
export interface Shot {
  readonly what: string
  readonly headers: Readonly<Record<string, string>>
  readonly credentials: readonly Credential[]
}

const HOUR = 3600
const START = Math.floor(Date.now() / 1000)

/** The ages of tokens, in seconds from now. No run is long enough for one of them to cross a limit, unless a clock is set wrong. */
const AGES = {
  good: { iat: -60, exp: 4 * HOUR },
  'good for 40 minutes': { iat: -60, exp: 40 * 60 },
  'expired 40 minutes ago': { iat: -2 * HOUR, exp: -40 * 60 },
  'expired yesterday': { iat: -25 * HOUR, exp: -24 * HOUR },
} as const

type Age = keyof typeof AGES

interface Wanted {
  readonly age?: Age
  readonly claims?: object
  readonly type?: string
  readonly kid?: string
  readonly k?: string
}

let users = 0

/** Makes a token. Options besides its age make it differ from what the services expect. */
async function token(key: FileKey, { age = 'good', claims = {}, type = ACCESS, ...other }: Wanted = {}): Promise<Credential> {
  const sub = `user-${(users += 1)}`
  const isManager = users % 3 > 0
  const person = { sub, name: `Ünïcode ${users}`, role: isManager ? 'manager' : 'clerk', groups: ['sales'] }
  const [iat, exp] = [START + AGES[age].iat, START + AGES[age].exp]
  const session = { jti: `j${users}`, sid: `s${users}`, auth_time: iat, iat, exp }
  const text = await sign({ iss: ISSUER, aud: AUDIENCE, ...person, ...session, ...claims }, createKey({ ...key, ...other }), { type })
  const genuine = Object.keys(claims).length === 0 && type === ACCESS && Object.keys(other).length === 0
  return { text, genuine, kid: key.kid, iat, exp, sub, isManager }
}

const forged = (credential: Credential, change: (text: string) => string): Credential => ({
  ...credential,
  text: change(credential.text),
  genuine: false,
})
const garbage = (text: string): Credential => ({ text, genuine: false, kid: FIRST_KID, iat: 0, exp: 0, sub: '', isManager: false })
const encode = (text: string): string => Buffer.from(text).toString('base64url')

/** Changes the holder in the payload of a token. */
const steal = (text: string): string =>
  text.replace(/\.(.*)\./, (_, payload: string) => `.${encode(Buffer.from(payload, 'base64url').toString().replace('user-', 'root-'))}.`)

/** The requests for each key, with their frequency. */
async function credentialsOf(key: FileKey): Promise<readonly (readonly [string, Credential])[]> {
  const ages: readonly Age[] = [...Array<Age>(12).fill('good'), 'good for 40 minutes', 'expired 40 minutes ago', 'expired yesterday']
  const genuine = await Promise.all(ages.map(async (age) => [age, await token(key, { age })] as const))
  const wrong = {
    'of another secret': await token(key, { k: randomBytes(32).toString('base64url') }),
    'of another kid': await token(key, { kid: 'key-0' }),
    'of another issuer': await token(key, { claims: { iss: 'https://evil.example' } }),
    'for another audience': await token(key, { claims: { aud: 'billing' } }),
    'of another kind': await token(key, { type: SESSION }),
    'with other claims': forged(await token(key), steal),
    'with other claims, expired': forged(await token(key, { age: 'expired yesterday' }), steal),
    'with another MAC': forged(await token(key), (text) => text.replace(/\.[^.]*$/, `.${randomBytes(32).toString('base64url')}`)),
    'with half a MAC': forged(await token(key), (text) => text.slice(0, -20)),
    'without a MAC': forged(await token(key), (text) => text.replace(/^[^.]*/, encode('{"alg":"none"}')).replace(/[^.]*$/, '')),
    garbage: garbage(randomBytes(150).toString('base64url')),
    'garbage with dots': garbage([10, 200, 32].map((size) => randomBytes(size).toString('base64url')).join('.')),
    'nothing but dots': garbage('.'.repeat(1 + (users % 4000))),
    'a long garbage': garbage('A'.repeat(6000)),
  }
  return [...genuine, ...Object.entries(wrong)]
}

/** Makes the requests. If all keys count, about half of them have a good token. */
export async function makeShots(keys: readonly FileKey[], rounds: number): Promise<readonly Shot[]> {
  const shots: Shot[] = [{ what: 'no token', headers: { Cookie: 'theme=dark' }, credentials: [] }]
  for (let round = 0; round < rounds; round++) {
    for (const key of keys) {
      const credentials = await credentialsOf(key)
      for (const [what, credential] of credentials) shots.push(carry(what, credential, shots.length % 2 === 0))
      const [stale, good] = [await token(key, { age: 'expired yesterday' }), await token(key)]
      const headers = { Cookie: `jwt=${stale.text}`, Authorization: `Bearer ${good.text}` }
      shots.push({ what: 'a stale cookie, and a good header', headers, credentials: [stale, good] })
    }
  }
  return shots
}

function carry(what: string, credential: Credential, byCookie: boolean): Shot {
  const headers = byCookie ? { Cookie: `theme=dark; jwt=${credential.text}` } : { Authorization: `Bearer ${credential.text}` }
  return { what, headers, credentials: [credential] }
}
