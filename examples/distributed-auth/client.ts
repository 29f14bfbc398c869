/** The client: walks the whole story over HTTP and checks every answer. It holds no secret. Arguments: the URLs of auth, orders, reports. */
import { setTimeout as sleep } from 'node:timers/promises'
import { decodeUnverified, secondsLeft } from 'hs256'
import { chapter, check, conclude, exchange, list, type Answer } from './account.ts'
import { endWithParent } from './end-with-parent.ts'

const [auth = '', orders = '', reports = ''] = process.argv.slice(2)

endWithParent()

chapter('Ada signs in', 'The token comes in the body, and as a cookie for every host under example.localhost.')
const ada = await login({ user: 'ada', password: 'engine' })
check(ada.cookie === `jwt=${ada.token}`, 'body and cookie hold the same token')

chapter('With the cookie, as a browser sends it', 'Each service verifies the token by the shared secret alone; none asks the auth service.')
const cookie = { Cookie: ada.cookie }
const hers = { user: 'ada', orders: ['A-17', 'A-18'] }
await exchange(`${orders}/orders`, { headers: cookie }, { status: 200, body: hers, proof: 'orders knows her, and that she is a manager' })
await exchange(`${reports}/reports`, { headers: cookie }, { status: 200, body: { user: 'ada' }, proof: 'reports knows her group, finance' })

chapter('With the Authorization header, as a program sends it')
const bearer = { Authorization: `Bearer ${ada.token}` }
await exchange(`${orders}/orders`, { headers: bearer }, { status: 200, body: hers, proof: 'orders answers the same' })
await exchange(`${reports}/reports`, { headers: bearer }, { status: 200, body: { user: 'ada' }, proof: 'reports answers the same' })

chapter('Another user', 'Grace is a clerk and not in finance. The claims say so, and the services trust them.')
const grace = await login({ user: 'grace', password: 'compiler' })
const graces = { Cookie: grace.cookie }
const herOwn = { user: 'grace', orders: ['A-18'] }
await exchange(`${orders}/orders`, { headers: graces }, { status: 200, body: herOwn, proof: 'orders shows her own alone' })
await exchange(
  `${reports}/reports`,
  { headers: graces },
  { status: 403, body: { error: 'forbidden' }, proof: 'reports knows her, and refuses' },
)

chapter(
  'Reading the claims without the secret',
  'decodeUnverified(token) and secondsLeft(jwt), as a page in a browser uses them: to show, not to decide.',
)
const jwt = decodeUnverified(ada.token)
list({ ...jwt.claims, 'seconds left': Math.round(secondsLeft(jwt)) })
check(jwt.claims.sub === 'ada' && secondsLeft(jwt) > 3500, 'readable by anyone, so nothing secret belongs in a token')

chapter('An expired token', 'A token for one second, which the demo lets us ask for, and a short wait.')
const brief = await login({ user: 'ada', password: 'engine', expiresIn: '1s' })
await sleep(secondsLeft(decodeUnverified(brief.token)) * 1000 + 50)
const expired = { status: 401, body: { error: 'token_expired' }, proof: 'expired: sign in again, or renew in time' }
await exchange(`${orders}/orders`, { headers: { Cookie: brief.cookie } }, expired)

chapter('A tampered token', "Grace changes the role in her token's payload to manager. The signature no longer fits.")
const invalid = { status: 401, body: { error: 'invalid_token' }, proof: 'invalid, which is another answer than expired' }
await exchange(`${orders}/orders`, { headers: { Authorization: `Bearer ${tamper(grace.token)}` } }, invalid)

chapter('No token at all')
await exchange(`${reports}/reports`, {}, { status: 401, body: { error: 'missing_token' }, proof: 'missing: nobody is signed in' })

chapter('Renewal', 'A token that is still good buys a fresh one, before it expires.')
const answer = await exchange(`${auth}/api/jwt`, { headers: cookie }, { status: 200, proof: 'a fresh token, without a password' })
const renewed = tokenOf(answer)
check(secondsLeft(decodeUnverified(renewed.token)) > secondsLeft(jwt), 'it expires later than the first one')
await exchange(
  `${orders}/orders`,
  { headers: { Cookie: renewed.cookie } },
  { status: 200, body: hers, proof: 'and it opens the same doors' },
)

conclude()

async function login(body: object): Promise<{ readonly token: string; readonly cookie: string }> {
  const call = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body } as const
  return tokenOf(await exchange(`${auth}/login`, call, { status: 200, proof: 'a token' }))
}

function tokenOf({ body, cookie = '' }: Answer): { readonly token: string; readonly cookie: string } {
  return { token: String(body['token']), cookie }
}

function tamper(token: string): string {
  const [header, payload = '', signature] = token.split('.')
  const claims = Buffer.from(payload, 'base64url').toString().replace('clerk', 'manager')
  return `${header}.${Buffer.from(claims).toString('base64url')}.${signature}`
}
