/** The table of requests that every adapter answers alike, on every framework: what is sent, to which guard, and the one answer. */
import { createKey, sign, type KeyFinder } from 'hs256'
import type { AuthenticateOptions } from 'hs256/http'
import { z } from 'zod'
import { forge } from './forge.ts'

export const SECRET = 'a secret of the tests, 32 bytes or more'
export const key = createKey(SECRET)
const claims = { sub: 'ada', aud: 'orders' }

export const good = await sign(claims, key, { expiresIn: '1h' })
export const other = await sign({ ...claims, sub: 'grace' }, key, { expiresIn: '1h' })
const revoked = await sign({ ...claims, jti: 'logged-out' }, key, { expiresIn: '1h' })
export const expired = await sign({ ...claims, exp: 1_700_000_000 }, key)
export const forged = await sign(claims, createKey(SECRET.toUpperCase()), { expiresIn: '1h' })
const foreign = await sign({ ...claims, aud: 'reports' }, key, { expiresIn: '1h' })
const early = await sign({ ...claims, nbf: 4_000_000_000 }, key, { expiresIn: '1h' })
const [unsigned, stronger] = ['none', 'HS512'].map((alg) => forge({ ...claims, exp: 4_000_000_000 }, { alg }, SECRET)) as [string, string]
const nameless = await sign({ aud: 'orders' }, key, { expiresIn: '1h' })

const schema = z.object({ sub: z.string() })
export type Options = AuthenticateOptions<typeof schema>

export const guard: Options = {
  verify: { audience: 'orders', schema },
  trustedOrigins: ['https://app.example'],
  isRevoked: ({ claims: { jti } }) => jti === 'logged-out',
}
const down = (): Promise<never> => Promise.reject(new Error('the store is down'))
const downSchema: typeof schema = Object.create(schema, { '~standard': { value: { version: 1, vendor: 'tests', validate: down } } })

export const GUARDS: Readonly<Record<string, { readonly options: Options; readonly keys?: KeyFinder }>> = {
  'a guard': { options: guard },
  'an optional guard': { options: { ...guard, optional: true } },
  'a guard whose revocation store is down': { options: { ...guard, isRevoked: down } },
  'a guard whose schema asks a store that is down': { options: { ...guard, verify: { audience: 'orders', schema: downSchema } } },
  'a guard whose key store is down': { options: guard, keys: down },
  // Frameworks take `undefined` for success, and Express `route` for permission to go on.
  'a guard whose key store fails with no error': { options: guard, keys: () => Promise.reject(undefined) },
  'a guard whose key store fails with a word that frameworks know': { options: guard, keys: () => Promise.reject('route') },
  'a guard for only the cookie session': { options: { ...guard, cookie: 'session', sources: ['cookie'] } },
  'a guard that looks at the header first': { options: { ...guard, sources: ['bearer', 'cookie'] } },
  'a guard of the realm orders': { options: { ...guard, realm: 'orders' } },
}

/** Header names and values in turn, as they stand on the wire. */
export type RawHeaders = readonly string[]

export interface Answer {
  readonly status: number | undefined
  readonly challenge: string | undefined
  readonly cacheControl: string | undefined
  readonly location?: string | undefined
  readonly body: string
}

export const cookie = (value: string): RawHeaders => ['Cookie', value]
export const bearer = (token: string): RawHeaders => ['Authorization', `Bearer ${token}`]
const authorization = (value: string): RawHeaders => ['Authorization', value]
export const from = (origin: string): RawHeaders => ['Origin', origin]
export const site = (value: string): RawHeaders => ['Sec-Fetch-Site', value]
/** The page of a form, as browsers name it. */
const page = (kind: string, origin: string): RawHeaders => [...site(kind), ...from(origin)]
const evil = page('cross-site', 'https://evil.example')
export const preflight: RawHeaders = [...from('https://app.example'), 'Access-Control-Request-Method', 'POST']

const inCookie = cookie(`jwt=${good}`)
const ada: Answer = { status: 200, challenge: undefined, cacheControl: undefined, body: 'ada' }

const denied = (status: number, challenge: string | undefined, error: string, message: string): Answer => ({
  status,
  challenge,
  cacheControl: 'no-store',
  body: JSON.stringify({ error, message }),
})
const refused = (error: string, message: string, realm = 'jwt'): Answer =>
  denied(401, `Bearer realm="${realm}", error="invalid_token", error_description="${message}"`, error, message)

export const isExpired: Answer = refused('token_expired', 'token has expired (exp)')
export const isForged: Answer = refused('invalid_token', 'token signature does not match')
const isRevoked = refused('invalid_token', 'token is revoked')
export const isMissing: Answer = denied(401, 'Bearer realm="jwt"', 'missing_token', 'the token is missing or ambiguous')
export const isElsewhere: Answer = denied(403, undefined, 'cross_origin', 'the cookie is not accepted on a cross-origin request')
export const passesNothing: Answer = { status: 204, challenge: undefined, cacheControl: undefined, body: '' }

type Row = [request: string, headers: RawHeaders, answer: Answer, method?: string]

export const TABLE: Readonly<Record<string, readonly Row[]>> = {
  'a guard': [
    ['a good cookie', inCookie, ada],
    ['a good cookie among others', cookie(`a=b; jwt=${good}; c=d`), ada],
    ['a good cookie in a second Cookie header', [...cookie('a=b'), ...inCookie], ada],
    ['a good cookie and another scheme', [...inCookie, ...authorization('Basic YWRhOmVuZ2luZQ==')], ada],
    ['a good bearer', bearer(good), ada],
    ['both, of two people: the cookie counts', [...inCookie, ...bearer(other)], ada],
    ['a stale cookie and a good bearer', [...cookie(`jwt=${expired}`), ...bearer(good)], ada],
    ['a bearer in a header whose name is in capitals', ['AUTHORIZATION', `Bearer ${good}`], ada],
    ['a cookie in a header whose name is in capitals', ['COOKIE', `jwt=${good}`], ada],
    ['a good bearer and an emptied cookie', [...bearer(good), ...cookie('jwt=')], ada],

    ['an expired cookie', cookie(`jwt=${expired}`), isExpired],
    ['an expired bearer', bearer(expired), isExpired],
    ['a forged bearer', bearer(forged), isForged],
    ['a token for another audience', cookie(`jwt=${foreign}`), refused('invalid_token', 'token has an unexpected aud')],
    ['a token that is not valid yet', bearer(early), refused('invalid_token', 'token is not valid yet (nbf)')],
    ['a token of the algorithm none', bearer(unsigned), refused('invalid_token', "token's alg is not HS256")],
    ['a token without a signature', bearer(unsigned.replace(/[^.]*$/, '')), refused('invalid_token', "token's alg is not HS256")],
    ['a token of HS512', bearer(stronger), refused('invalid_token', "token's alg is not HS256 but HS512: set HS256 in the issuer")],
    ['a token that its schema rejects', bearer(nameless), refused('invalid_token', 'claims do not match the schema')],
    ['an expired cookie and a forged bearer', [...cookie(`jwt=${expired}`), ...bearer(forged)], isExpired],

    ['a token and a comma', authorization(`Bearer ${good},`), isMissing],
    ['a repeated Authorization, the second of them empty', [...bearer(good), ...authorization('')], isMissing],
    ['a token for a proxy', ['Proxy-Authorization', `Bearer ${good}`], isMissing],
    ['a cookie with a prefix', cookie(`__Host-jwt=${good}`), isMissing],
    ['no header', [], isMissing],
    ['another scheme', authorization(`Basic ${good}`), isMissing],
    ['a list', authorization(`Bearer ${good}, Bearer ${good}`), isMissing],
    ['a repeated Authorization', [...bearer(good), ...bearer(good)], isMissing],
    ['a second Authorization of another scheme', [...bearer(good), ...authorization('Basic YTpi')], isMissing],
    ['two cookies with different values', cookie(`jwt=${good}; jwt=${other}`), isMissing],
    ['two cookies with different values in two headers', [...inCookie, ...cookie(`jwt=${other}`)], isMissing],
    ['a no-break space before the name', cookie(`\u00a0jwt=${good}`), isMissing],
    ['a token in the cookie of another header', ['X-Cookie', `jwt=${good}`], isMissing],

    ['a form of this origin', [...inCookie, ...page('same-origin', 'https://orders.example')], ada, 'POST'],
    ['a cross-site form', [...inCookie, ...evil], isElsewhere, 'POST'],
    ["a neighbour's form", [...inCookie, ...page('same-site', 'https://blog.orders.example')], isElsewhere, 'POST'],
    ['a trusted page', [...inCookie, ...page('same-site', 'https://app.example')], ada, 'POST'],
    ['a link from another site', [...inCookie, ...site('cross-site')], ada],
    ['a form of this origin in an old browser', [...inCookie, ...from('http://orders.example')], ada, 'POST'],
    ['a cross-site form in an old browser', [...inCookie, ...from('http://evil.example')], isElsewhere, 'POST'],
    ['a form of a sandboxed page', [...inCookie, ...from('null')], isElsewhere, 'POST'],
    ['a program that posts with the cookie', inCookie, ada, 'POST'],
    ['a cross-site page that has a token of its own', [...bearer(good), ...evil], ada, 'POST'],
    ['a cross-site PATCH', [...inCookie, ...site('cross-site')], isElsewhere, 'PATCH'],
    ['a form of this host on another port in an old browser', [...inCookie, ...from('http://orders.example:81')], isElsewhere, 'POST'],
    ['a cross-site DELETE', [...inCookie, ...site('cross-site')], isElsewhere, 'DELETE'],
    ['a cross-site form with an expired cookie', [...cookie(`jwt=${expired}`), ...site('cross-site')], isExpired, 'POST'],

    ['a preflight', preflight, passesNothing, 'OPTIONS'],
    ['a preflight with a forged token', [...preflight, ...bearer(forged)], passesNothing, 'OPTIONS'],
    ['OPTIONS that asks for nothing', from('https://app.example'), isMissing, 'OPTIONS'],
    ['OPTIONS of no page', ['Access-Control-Request-Method', 'POST'], isMissing, 'OPTIONS'],
    ['a GET that looks like a preflight', preflight, isMissing],

    ['a revoked token', bearer(revoked), isRevoked],
    ['a revoked cookie and a good bearer: the first that verifies counts', [...cookie(`jwt=${revoked}`), ...bearer(good)], isRevoked],
  ],
  'an optional guard': [
    ['no token', [], { ...ada, body: 'nobody' }],
    ['another scheme', authorization('Basic YTpi'), { ...ada, body: 'nobody' }],
    ['a good cookie', inCookie, ada],
    ['an expired cookie', cookie(`jwt=${expired}`), isExpired],
    ['a forged bearer', bearer(forged), isForged],
    ['a cross-site form with the cookie', [...inCookie, ...site('cross-site')], isElsewhere, 'POST'],
    ['a revoked token', bearer(revoked), isRevoked],
  ],
  'a guard whose revocation store is down': [
    ['a forged token', bearer(forged), isForged],
    ['no token', [], isMissing],
  ],
  'a guard for only the cookie session': [
    ['the cookie session', cookie(`session=${good}`), ada],
    ['the cookie jwt', inCookie, isMissing],
    ['a bearer', bearer(good), isMissing],
  ],
  'a guard that looks at the header first': [
    ['both, of two people', [...cookie(`jwt=${other}`), ...bearer(good)], ada],
    ['a forged bearer and an expired cookie', [...cookie(`jwt=${expired}`), ...bearer(forged)], isForged],
  ],
  'a guard of the realm orders': [
    ['no token', [], { ...isMissing, challenge: 'Bearer realm="orders"' }],
    ['an expired one', bearer(expired), refused('token_expired', 'token has expired (exp)', 'orders')],
  ],
}
