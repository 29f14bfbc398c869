/** The client: runs every step over HTTP and checks every answer. Arguments: the URLs of auth, orders, reports, and the key file, which it edits once, as an operator. */
import { setTimeout as sleep } from 'node:timers/promises'
import { decodeUnverified, secondsLeft } from 'hs256'
import { chapter, check, conclude, exchange, list, type Answer } from './account.ts'
import { endWithParent } from './line.ts'
import { newKey } from '../keys-from-file/rotate.ts'
import { rotate } from './rotation.ts'

const [auth = '', orders = '', reports = '', keyFile = ''] = process.argv.slice(2)

endWithParent()

chapter(
  'Ada signs in',
  'The token comes in the body, and as a cookie for every host under example.localhost;',
  'a second one, for her session, as a cookie for the auth service only.',
)
const ada = await login({ user: 'ada', password: 'engine' })
check(ada.cookie === `jwt=${ada.token}`, 'body and cookie hold the same token')

chapter('With the cookie, as a browser sends it', 'Each service verifies the token with the shared secret; none calls the auth service.')
const cookie = { Cookie: ada.cookie }
const knowsAda = { status: 200, body: { user: 'ada' } }
const seesAll = await exchange(`${orders}/orders`, { headers: cookie }, { ...knowsAda, proof: 'orders knows her' })
check(sellers(seesAll).includes('grace'), 'and that she is a manager: she sees all orders')
await exchange(`${reports}/reports`, { headers: cookie }, { ...knowsAda, proof: 'reports knows her, and her role' })

chapter('With the Authorization header, as a program sends it')
const bearer = { Authorization: `Bearer ${ada.token}` }
await exchange(`${orders}/orders`, { headers: bearer }, { ...knowsAda, proof: 'orders answers the same' })
await exchange(`${reports}/reports`, { headers: bearer }, { ...knowsAda, proof: 'reports answers the same' })

chapter('Roles', 'Grace is a clerk. The claims say so, and the services trust them.')
const grace = await login({ user: 'grace', password: 'compiler' })
const graces = { headers: { Cookie: grace.cookie } }
const seesOwn = await exchange(`${orders}/orders`, graces, { status: 200, body: { user: 'grace' }, proof: 'orders knows her' })
check(!sellers(seesOwn).includes('ada'), 'and shows only her own orders')
const noManager = {
  status: 403,
  body: { error: 'insufficient_scope' },
  proof: 'reports knows her, and refuses with 403: a new token would not help',
}
await exchange(`${reports}/reports`, graces, noManager)

chapter(
  'Reading the claims without the secret',
  'decodeUnverified(token) and secondsLeft(jwt), as a page in a browser uses them: for display, not for decisions.',
)
const jwt = decodeUnverified(ada.token)
list({ ...jwt.header, ...jwt.claims, 'seconds left': Math.round(secondsLeft(jwt)) })
check(jwt.claims.sub === 'ada' && secondsLeft(jwt) > 0, 'readable by anyone, so nothing secret belongs in a token')

chapter(
  'A forged request',
  'A page on a sibling host makes the browser post a form. SameSite lets the browser send the cookie; the guard rejects it.',
)
const order = { method: 'POST', body: { item: 'Punched cards' } } as const
const forged = { ...cookie, Origin: 'http://blog.example.localhost', 'Sec-Fetch-Site': 'same-site' }
await exchange(
  `${orders}/orders`,
  { ...order, headers: forged },
  { status: 403, body: { error: 'cross_origin' }, proof: 'rejected, although the token is good' },
)
await exchange(
  `${orders}/orders`,
  { ...order, headers: bearer },
  { status: 201, body: { seller: 'ada' }, proof: 'a program places the order: no page can make it send a request' },
)

chapter('An expired token', 'The demo issues a token for one second on request. Then a short wait.')
const brief = await login({ user: 'ada', password: 'engine', expiresIn: '1s' })
await sleep(secondsLeft(decodeUnverified(brief.token)) * 1000 + 50)
const expired = { status: 401, body: { error: 'token_expired' }, proof: 'expired: worth a renewal' }
await exchange(`${orders}/orders`, { headers: { Cookie: brief.cookie } }, expired)

chapter('Renewal', 'The session gets a fresh token without a password, until twelve hours after sign-in.')
const renewed = tokenOf(
  await exchange(
    `${auth}/renew`,
    { method: 'POST', headers: { Cookie: brief.session } },
    { status: 200, proof: 'a fresh token for an expired one' },
  ),
)
await exchange(`${orders}/orders`, { headers: { Cookie: renewed.cookie } }, { ...knowsAda, proof: 'and the services accept it' })
const exchanged = tokenOf(
  await exchange(`${auth}/api/jwt`, { headers: bearer }, { status: 200, proof: 'and a token that is still good gets one, too' }),
)
const [before, after] = [brief, renewed].map(({ token }) => decodeUnverified(token).claims['auth_time'])
check(before === after, 'when she signed in stays what it was')

chapter('Rejected tokens', 'Missing, tampered with, or of the wrong kind: the answer differs from that to an expired one.')
const invalid = { status: 401, body: { error: 'invalid_token' } }
const missing = { status: 401, body: { error: 'missing_token' }, proof: 'missing: nobody is signed in' }
const tampered = { headers: { Authorization: `Bearer ${tamper(grace.token)}` } }
const session = { headers: { Authorization: `Bearer ${ada.session.replace(/^.*?=/, '')}` } }
await exchange(`${reports}/reports`, {}, missing)
await exchange(`${orders}/orders`, tampered, { ...invalid, proof: 'Grace made herself a manager, and the signature no longer matches' })
await exchange(`${auth}/api/jwt`, session, { ...invalid, proof: 'the session token is of another typ' })

chapter(
  'Rotation of the keys',
  'Two edits of the key file: a new key is added, and later moved to the front, where it signs.',
  'The third edit removes the old key when its last token has expired (npx tsx examples/distributed-auth/rotate.ts makes all three).',
)
await new Promise<void>((resolve, reject) => {
  rotate({ keyFile, urls: { auth, orders, reports } }, newKey('key-2'), () => {
    resolve()
    return new Promise(() => {}) // the demo ends before that
  }).catch(reject)
})
const later = await login({ user: 'grace', password: 'compiler' })
const kids = [ada, later].map(({ token }) => decodeUnverified(token).header.kid)
check(kids.join() === 'key-1,key-2', 'a new sign-in gets a token of the new key')
await exchange(
  `${orders}/orders`,
  { headers: { Cookie: later.cookie } },
  { status: 200, body: { user: 'grace' }, proof: 'orders knows the new key' },
)
await exchange(`${orders}/orders`, { headers: cookie }, { ...knowsAda, proof: 'and still the one before: nobody is logged out' })

chapter('Log-out', 'The auth service revokes the session by its jti, in the list that every service asks. It clears both cookies.')
const both = { Cookie: `${ada.cookie}; ${ada.session}` }
await exchange(`${auth}/logout`, { method: 'POST', headers: both }, { status: 204, proof: 'logged out' })
await exchange(`${orders}/orders`, { headers: cookie }, { ...invalid, proof: 'revoked at orders' })
await exchange(
  `${reports}/reports`,
  { headers: { Cookie: exchanged.cookie } },
  { ...invalid, proof: 'revoked at reports, with every other token of the session' },
)
await exchange(`${auth}/renew`, { method: 'POST', headers: both }, { ...invalid, proof: 'and the session gets no more tokens' })

conclude()

interface Signed {
  readonly token: string
  readonly cookie: string
  readonly session: string
}

async function login(body: object): Promise<Signed> {
  return tokenOf(await exchange(`${auth}/login`, { method: 'POST', body }, { status: 200, proof: 'a token' }))
}

function tokenOf({ body, cookies: [cookie = '', session = ''] }: Answer): Signed {
  return { token: String(body['token']), cookie, session }
}

function sellers({ body: { orders } }: Answer): readonly string[] {
  return (orders as readonly { readonly seller: string }[]).map(({ seller }) => seller)
}

function tamper(token: string): string {
  const [header, payload = '', signature] = token.split('.')
  const claims = Buffer.from(payload, 'base64url').toString().replace('clerk', 'manager')
  return `${header}.${Buffer.from(claims).toString('base64url')}.${signature}`
}
