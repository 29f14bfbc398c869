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

const START = Math.floor(Date.now() / 1000)
const HOUR = 3600

/** The `iat` and `exp` of tokens, in seconds from now. No run is long enough for one of them to cross a limit, unless a clock is set wrong. */
const AGES = {
  good: [-60, 4 * HOUR],
  'good for 40 minutes': [-60, 40 * 60],
  'expired 40 minutes ago': [-2 * HOUR, -40 * 60],
  'expired yesterday': [-25 * HOUR, -24 * HOUR],
} as const

interface Wanted {
  readonly claims?: object
  readonly type?: string
  readonly kid?: string
  readonly k?: string
}

let users = 0

/** Makes a token. Whatever is wanted besides its age makes it differ from what the services expect. */
async function token(key: FileKey, age: keyof typeof AGES = 'good', wanted: Wanted = {}): Promise<Credential> {
  const { claims = {}, type = ACCESS, ...other } = wanted
  const sub = `user-${(users += 1)}`
  const isManager = users % 3 > 0
  const person = { sub, name: `Ünïcode ${users}`, role: isManager ? 'manager' : 'clerk', groups: ['sales'] }
  const [iat, exp] = AGES[age].map((seconds) => START + seconds) as [number, number]
  const session = { jti: `j${users}`, sid: `s${users}`, auth_time: iat, iat, exp }
  const text = await sign({ iss: ISSUER, aud: AUDIENCE, ...person, ...session, ...claims }, createKey({ ...key, ...other }), { type })
  return { text, genuine: Object.keys(wanted).length === 0, kid: key.kid, iat, exp, sub, isManager }
}

const garbage = (text: string): Credential => ({ text, genuine: false, kid: FIRST_KID, iat: 0, exp: 0, sub: '', isManager: false })
const random = (size: number): string => randomBytes(size).toString('base64url')
const encode = (text: string): string => Buffer.from(text).toString('base64url')

/** Changes the holder in the payload of a token. */
const steal = (text: string): string =>
  text.replace(/\.(.*)\./, (_, payload: string) => `.${encode(Buffer.from(payload, 'base64url').toString().replace('user-', 'root-'))}.`)

/** The tokens for each key. */
async function credentialsOf(key: FileKey): Promise<readonly (readonly [string, Credential])[]> {
  const ages = [...Array<'good'>(12).fill('good'), 'good for 40 minutes', 'expired 40 minutes ago', 'expired yesterday'] as const
  const genuine = await Promise.all(ages.map(async (age) => [age, await token(key, age)] as const))
  const forged = async (change: (text: string) => string, age?: keyof typeof AGES) => garbage(change((await token(key, age)).text))
  const wrong = {
    'of another secret': await token(key, 'good', { k: random(32) }),
    'of another kid': await token(key, 'good', { kid: 'key-0' }),
    'of another issuer': await token(key, 'good', { claims: { iss: 'https://evil.example' } }),
    'for another audience': await token(key, 'good', { claims: { aud: 'billing' } }),
    'of another kind': await token(key, 'good', { type: SESSION }),
    'with other claims': await forged(steal),
    'with other claims, expired': await forged(steal, 'expired yesterday'),
    'with another MAC': await forged((text) => text.replace(/\.[^.]*$/, `.${random(32)}`)),
    'with half a MAC': await forged((text) => text.slice(0, -20)),
    'without a MAC': await forged((text) => text.replace(/^[^.]*/, encode('{"alg":"none"}')).replace(/[^.]*$/, '')),
    garbage: garbage(random(150)),
    'garbage with dots': garbage([10, 200, 32].map(random).join('.')),
    'nothing but dots': garbage('.'.repeat(1 + (users % 4000))),
    'a long garbage': garbage('A'.repeat(6000)),
  }
  return [...genuine, ...Object.entries(wrong)]
}

/** Makes the requests. If all keys count, about half of them have a good token. */
export async function makeShots(keys: readonly FileKey[], rounds: number): Promise<readonly Shot[]> {
  const shots: Shot[] = [{ what: 'no token', headers: { Cookie: 'theme=dark' }, credentials: [] }]
  for (const key of Array.from({ length: rounds }, () => keys).flat()) {
    for (const [what, credential] of await credentialsOf(key)) {
      const [cookie, header] = [{ Cookie: `theme=dark; jwt=${credential.text}` }, { Authorization: `Bearer ${credential.text}` }]
      shots.push({ what, headers: shots.length % 2 === 0 ? cookie : header, credentials: [credential] })
    }
    const [stale, good] = [await token(key, 'expired yesterday'), await token(key)]
    const headers = { Cookie: `jwt=${stale.text}`, Authorization: `Bearer ${good.text}` }
    shots.push({ what: 'a stale cookie, and a good header', headers, credentials: [stale, good] })
  }
  return shots
}
