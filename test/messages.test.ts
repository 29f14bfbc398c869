import { createKey, decodeUnverified, secondsLeft, sign, verify } from 'hs256'
import { authenticate, challenge, clearTokenCookie, forbidden, isCrossOrigin, readTokens, tokenCookie, type HttpResponse } from 'hs256/http'
import { expect, it } from 'vitest'
import { base64url } from './bytes.ts'
import { macOf } from './mac.ts'
import { withoutSubtle } from './web-crypto.ts'

const SECRET = 'a secret of more than thirty-two bytes'
const K = base64url(SECRET)
const key = createKey(SECRET)

const encode = (part: unknown): string => base64url(typeof part === 'string' ? part : JSON.stringify(part))

/** A token with this header and payload, whose MAC is right. */
function forge(header: unknown, payload: unknown = { exp: 4_000_000_000 }): string {
  const input = `${encode(header)}.${encode(payload)}`
  return `${input}.${macOf(input, SECRET)}`
}
const hs256 = { alg: 'HS256' }
const valid = forge(hs256)
const claims = (payload: object): string => forge(hs256, { exp: 4_000_000_000, ...payload })

const make = (secret: unknown, options?: unknown) => (): unknown => createKey(secret as never, options as never)
const issue =
  (payload: unknown, options: unknown = { expiresIn: '1h' }, keys: unknown = key) =>
  (): unknown =>
    sign(payload as never, keys as never, options as never)
const read =
  (token: unknown, options?: unknown, keys: unknown = key) =>
  (): unknown =>
    verify(token as never, keys as never, options as never)
const guard =
  (options: unknown, headers: unknown = { authorization: `Bearer ${valid}` }, method: unknown = 'GET') =>
  (): unknown =>
    authenticate({ method, headers } as never, key, options as never)
const bake =
  (options: unknown, token: unknown = valid) =>
  (): unknown =>
    tokenCookie(token as never, options as never)
const schema = (result: unknown): unknown => ({ '~standard': { version: 1, vendor: 'test', validate: () => result } })

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) }

const MISTAKES: Readonly<Record<string, () => unknown>> = {
  'secret undefined': make(undefined),
  'secret null': make(null),
  'secret short': make('x'.repeat(31)),
  'secret PEM': make('-----BEGIN PUBLIC KEY-----'),
  'secret lone surrogate': make(`${SECRET}\uD800`),
  'CryptoKey for another hash': async () =>
    createKey(await crypto.subtle.importKey('raw', new Uint8Array(64), { name: 'HMAC', hash: 'SHA-512' }, false, ['sign'])),
  'CryptoKey of RSA': async () => createKey((await crypto.subtle.generateKey(RSA, false, ['sign', 'verify'])).publicKey),
  'CryptoKey of AES': async () => createKey(await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt'])),
  'CryptoKey of nothing': make({ [Symbol.toStringTag]: 'CryptoKey', algorithm: { name: 'HMAC' } }),
  'JWK of RSA': make({ kty: 'RSA' }),
  'JWK for nothing': make({ kty: 'oct', k: K, key_ops: ['encrypt'] }),
  'JWK with padding': make({ kty: 'oct', k: `${K}=` }),
  'JWK with an empty kid': make({ kty: 'oct', k: K, kid: '' }),
  'kid empty': make(SECRET, { kid: '' }),
  'JWK without kty': make({ k: K }),
  'key raw': read(valid, {}, SECRET),
  'key that may not sign': issue({}, { expiresIn: '1h' }, createKey({ kty: 'oct', k: K, key_ops: ['verify'] })),
  'key that may not verify': read(valid, {}, createKey({ kty: 'oct', k: K, key_ops: ['sign'] })),
  'keys none': read(valid, {}, []),
  'keys with one kid': read(valid, {}, [createKey(SECRET, { kid: 'a' }), createKey(SECRET, { kid: 'a' })]),
  'options null': read(valid, null),
  'option unknown, createKey': make(SECRET, { secret: 1 }),
  'option unknown, sign': issue({}, { expiresIn: '1h', issuer: 'x' }),
  'option unknown, verify': read(valid, { verify_aud: true }),
  'option unknown, secondsLeft': () => secondsLeft(decodeUnverified(valid), { clock: 1 } as never),
  'option algorithms': read(valid, { algorithms: ['HS256'] }),
  'option ignoreExpiration': read(valid, { ignoreExpiration: true }),
  'option requiredClaims': read(valid, { requiredClaims: ['sub'] }),
  'option undefined': read(valid, { issuer: undefined }),
  'text empty': read(valid, { subject: '' }),
  'text in a list empty': read(valid, { issuer: ['a', ''] }),
  'list empty': read(valid, { audience: [] }),
  'flag wrong': read(valid, { requireExp: 'false' }),
  'duration wrong': read(valid, { maxAge: '15 minutes' }),
  'length wrong': read(valid, { maxLength: 0 }),
  'clock wrong': read(valid, { now: new Date() }),
  'schema wrong': read(valid, { schema: {} }),
  'ignoreAudience beside audience': read(valid, { audience: 'a', ignoreAudience: true }),
  'schema with no object': read(valid, { schema: schema({ value: 5 }) }),
  'expiresIn missing': issue({}, {}),
  'expiresIn beside exp': issue({ exp: 5 }),
  'expiresIn zero': issue({}, { expiresIn: 0 }),
  'expiresIn wrong': issue({}, { expiresIn: '1.5h' }),
  'notBefore beside nbf': issue({ nbf: 5 }, { expiresIn: '1h', notBefore: 5 }),
  'header reserved': issue({}, { expiresIn: '1h', header: { alg: 'none' } }),
  'header no object': issue({}, { expiresIn: '1h', header: ['alg'] }),
  'claims no object': issue([]),
  'claim no text': issue({ sub: 5 }),
  'claim no time': issue({ nbf: '5' }),
  'claim no audience': issue({ aud: [5] }),
  'claim in milliseconds': issue({ iat: 1_767_225_600_000 }),
  'claim that JSON cannot carry': issue({ user: { groups: ['a', NaN] } }),
  'header that JSON cannot carry': issue({}, { expiresIn: '1h', header: { a: 5n } }),
  'token too long': issue({ a: 'x'.repeat(70_000) }),
  'secondsLeft of a token': () => secondsLeft(valid as never),
  'secondsLeft of a Date': () => secondsLeft({ claims: { exp: new Date() } }),
  'Web Crypto missing': () => withoutSubtle(issue({})),
}

/** Mistakes of who calls `hs256/http`. */
const HTTP_MISTAKES: Readonly<Record<string, () => unknown>> = {
  'headers none': () => readTokens(undefined as never),
  'headers a request': () => isCrossOrigin('POST', new Request('https://orders.example') as never),
  'header no text': () => readTokens({ cookie: 5 } as never),
  'method none': guard({}, {}, null),
  'cookie no name': guard({ cookie: 'jwt=' }),
  'sources unknown': guard({ sources: ['query'] }),
  'sources none': guard({ sources: [] }),
  'trustedOrigins one text': guard({ trustedOrigins: 'https://app.example' }),
  'trustedOrigins with a path': () => isCrossOrigin('POST', {}, { trustedOrigins: ['https://app.example/'] }),
  'realm with quotes': guard({ realm: '"' }),
  'scope with two spaces': () => forbidden({ scope: 'a  b' }),
  'error of another kind': () => challenge(new Error('x') as never),
  'optional no flag': guard({ optional: 'true' }),
  'isRevoked no function': guard({ isRevoked: true }),
  'isRevoked with a row': guard({ isRevoked: () => ({ id: 1 }) }),
  'option of verify': guard({ audience: 'orders' }),
  'option algorithms': guard({ algorithms: ['HS256'] }),
  'option unknown, authenticate': guard({ optionl: true }),
  'option unknown, readTokens': () => readTokens({}, { name: 'jwt' } as never),
  'option unknown, isCrossOrigin': () => isCrossOrigin('POST', {}, { origins: [] } as never),
  'option unknown, challenge': () => challenge(undefined, { error: 'x' } as never),
  'option unknown, tokenCookie': bake({ expires: 5 }),
  'option unknown, clearTokenCookie': () => clearTokenCookie({ maxAge: 5 } as never),
  'option undefined, tokenCookie': bake({ domain: undefined }),
  'cookie name wrong': bake({ name: 'jwt;' }),
  'domain wrong': bake({ domain: 'https://example.com' }),
  'path wrong': bake({ path: 'app' }),
  'sameSite wrong': bake({ sameSite: 'lax' }),
  'secure missing': bake({ secure: false, sameSite: 'None' }),
  '__Host- with a domain': bake({ name: '__Host-jwt', domain: 'example.com' }),
  'maxAge zero': bake({ maxAge: 0 }),
  'maxAge of 401 days': bake({ maxAge: '401d' }),
  'token expired': bake({}, claims({ exp: 5 })),
  'cookie too long': bake({}, claims({ a: 'x'.repeat(4000) })),
}

const REFUSALS: Readonly<Record<string, () => unknown>> = {
  'no text': read(undefined),
  'too long': read(valid, { maxLength: 5 }),
  'one segment': read('a'),
  'two segments': read('a.b'),
  'four segments': read('a.b.c.d'),
  'not ASCII': read('a.b.ç'),
  'header not base64url': read('=.b.c'),
  'payload not base64url': read(`${encode(hs256)}.=.c`),
  'signature not base64url': read(`${encode(hs256)}.e30.=`),
  'signature short': read(`${encode(hs256)}.e30.AA`),
  'header no object': read(forge([])),
  'header without alg': read(forge({})),
  'alg no text': read(forge({ alg: 5 })),
  'kid no text': read(forge({ ...hs256, kid: 5 })),
  'typ no text': read(forge({ ...hs256, typ: 5 })),
  'cty no text': read(forge({ ...hs256, cty: 5 })),
  crit: read(forge({ ...hs256, crit: ['exp'] })),
  b64: read(forge({ ...hs256, b64: false })),
  'cty JWT': read(forge({ ...hs256, cty: 'JWT' })),
  'payload no object': read(forge(hs256, [])),
  'another alg': read(forge({ alg: 'none' })),
  'another kid': read(forge({ ...hs256, kid: 'a' }), {}, createKey(SECRET, { kid: 'b' })),
  'another MAC': read(valid, {}, createKey(`${SECRET}!`)),
  'exp no time': read(claims({ exp: '5' })),
  'sub no text': read(claims({ sub: 5 })),
  'aud no audience': read(claims({ aud: [5] })),
  'exp missing': read(forge(hs256, {})),
  'exp past': read(claims({ exp: 5 })),
  'nbf early': read(claims({ nbf: 3_900_000_000 })),
  'iat early': read(claims({ iat: 3_900_000_000 })),
  'maxAge past': read(claims({ iat: 5 }), { maxAge: '1h' }),
  'maxAge without iat': read(valid, { maxAge: '1h' }),
  'iss missing': read(valid, { issuer: 'a' }),
  'iss another': read(claims({ iss: 'b' }), { issuer: 'a' }),
  'aud missing': read(valid, { audience: 'a' }),
  'aud another': read(claims({ aud: 'b' }), { audience: 'a' }),
  'aud unexpected': read(claims({ aud: 'b' })),
  'sub another': read(claims({ sub: 'b' }), { subject: 'a' }),
  'typ missing': read(valid, { type: 'JWT' }),
  'typ another': read(forge({ ...hs256, typ: 'b' }), { type: 'a' }),
  'required missing': read(valid, { required: 'role' }),
  'schema refuses': read(valid, { schema: schema({ issues: [{ message: 'm' }] }) }),
}

async function messagesOf(cases: Readonly<Record<string, () => unknown>>): Promise<Readonly<Record<string, string>>> {
  const messages: Record<string, string> = {}
  for (const [name, run] of Object.entries(cases)) messages[name] = await messageOf(run)
  return messages
}

async function messageOf(run: () => unknown): Promise<string> {
  try {
    await run()
  } catch (error) {
    return String(error)
  }
  return expect.unreachable()
}

it('are the messages of a mistake of the caller’s', async () => {
  expect(await messagesOf(MISTAKES)).toMatchInlineSnapshot(`
    {
      "CryptoKey for another hash": "TypeError: CryptoKey must be for HMAC with SHA-256",
      "CryptoKey of AES": "TypeError: CryptoKey must be for HMAC with SHA-256",
      "CryptoKey of RSA": "TypeError: CryptoKey must be for HMAC with SHA-256",
      "CryptoKey of nothing": "TypeError: CryptoKey must be for HMAC with SHA-256",
      "JWK for nothing": "TypeError: key_ops of the JWK must be a list with sign or verify",
      "JWK of RSA": "TypeError: JWK must be of kty oct, alg HS256 and use sig",
      "JWK with an empty kid": "TypeError: kid of the JWK must be a string that is not empty",
      "JWK with padding": "TypeError: secret must be a well-formed string, bytes, a CryptoKey, a KeyObject, or a JWK with k in base64url",
      "JWK without kty": "TypeError: JWK must be of kty oct, alg HS256 and use sig",
      "Web Crypto missing": "TypeError: Web Crypto is missing: use https, localhost or a newer runtime",
      "claim in milliseconds": "TypeError: iat must be a number of seconds (not milliseconds)",
      "claim no audience": "TypeError: aud must be a string or a list of strings",
      "claim no text": "TypeError: sub must be a string",
      "claim no time": "TypeError: nbf must be a number of seconds (not milliseconds)",
      "claim that JSON cannot carry": "TypeError: claims.user.groups.1 must be something that JSON can carry",
      "claims no object": "TypeError: claims must be a plain object",
      "clock wrong": "TypeError: now must be a function that returns a valid Date",
      "duration wrong": "TypeError: maxAge must be a number of seconds from 0, or a text such as '15m', '12h' or '7d'",
      "expiresIn beside exp": "TypeError: expiresIn must be left out beside the claim exp; to renew a token, leave its exp out of the claims",
      "expiresIn missing": "TypeError: expiresIn must be given: a lifetime such as '1h', or 'never'",
      "expiresIn wrong": "TypeError: expiresIn must be a number of seconds from 0, or a text such as '15m', '12h' or '7d'",
      "expiresIn zero": "TypeError: expiresIn must be longer than 0",
      "flag wrong": "TypeError: requireExp must be true or false",
      "header no object": "TypeError: header must be a plain object",
      "header reserved": "TypeError: header must be free of the parameters of RFC 7515",
      "header that JSON cannot carry": "TypeError: header.a must be something that JSON can carry",
      "ignoreAudience beside audience": "TypeError: ignoreAudience must be left out beside audience",
      "key raw": "TypeError: key must be made by createKey",
      "key that may not sign": "TypeError: key must be allowed to sign",
      "key that may not verify": "TypeError: key must be allowed to verify",
      "keys none": "TypeError: keys must be one key or a list of 1 to 16",
      "keys with one kid": "TypeError: kid must be different for each key",
      "kid empty": "TypeError: kid must be a string that is not empty",
      "length wrong": "TypeError: maxLength must be a whole number from 1",
      "list empty": "TypeError: audience must be a list that is not empty",
      "notBefore beside nbf": "TypeError: notBefore must be left out beside the claim nbf",
      "option algorithms": "TypeError: unknown option algorithms: HS256 is the only one",
      "option ignoreExpiration": "TypeError: unknown option ignoreExpiration: catch JwtExpiredError, whose claims are verified",
      "option requiredClaims": "TypeError: unknown option requiredClaims: it is called required",
      "option undefined": "TypeError: issuer is undefined: leave it out, or set the environment variable it comes from",
      "option unknown, createKey": "TypeError: unknown option secret: known are kid",
      "option unknown, secondsLeft": "TypeError: unknown option clock: known are now",
      "option unknown, sign": "TypeError: unknown option issuer: put iss into the claims",
      "option unknown, verify": "TypeError: unknown option verify_aud: known are issuer, audience, ignoreAudience, subject, type, required, requireExp, maxAge, clockTolerance, maxLength, now, schema",
      "options null": "TypeError: options must be a plain object",
      "schema with no object": "TypeError: output of the schema must be a plain object",
      "schema wrong": "TypeError: schema must be a Standard Schema v1",
      "secondsLeft of a Date": "TypeError: exp must be a number of seconds",
      "secondsLeft of a token": "TypeError: jwt must be what verify or decodeUnverified gave",
      "secret PEM": "TypeError: secret must be shared, not a PEM file, an SSH key or the text of a JWK",
      "secret lone surrogate": "TypeError: secret must be a well-formed string, bytes, a CryptoKey, a KeyObject, or a JWK with k in base64url",
      "secret null": "TypeError: secret must be a well-formed string, bytes, a CryptoKey, a KeyObject, or a JWK with k in base64url",
      "secret short": "RangeError: secret has 31 bytes, HS256 needs 32 or more (RFC 7518 §3.2): make one with generateSecret()",
      "secret undefined": "TypeError: secret is undefined: is the environment variable set?",
      "text empty": "TypeError: subject must be a string that is not empty",
      "text in a list empty": "TypeError: issuer must be a string that is not empty",
      "token too long": "RangeError: token has 93471 characters, of which 65536 are allowed",
    }
  `)
})

it('are the messages of a mistake in HTTP', async () => {
  expect(await messagesOf(HTTP_MISTAKES)).toMatchInlineSnapshot(`
    {
      "__Host- with a domain": "TypeError: domain and path must be left out with __Host-",
      "cookie name wrong": "TypeError: name must be a name of letters, digits and - _ . or other characters of an RFC 9110 token",
      "cookie no name": "TypeError: cookie must be a name of letters, digits and - _ . or other characters of an RFC 9110 token",
      "cookie too long": "RangeError: cookie has 5435 bytes, of which browsers keep 4096: put less into the claims",
      "domain wrong": "TypeError: domain must be a host name in ASCII, such as 'example.com'",
      "error of another kind": "TypeError: error must be a JwtError",
      "header no text": "TypeError: header cookie must be text",
      "headers a request": "TypeError: headers must be a Fetch Headers or Node's headers",
      "headers none": "TypeError: headers must be a Fetch Headers or Node's headers",
      "isRevoked no function": "TypeError: isRevoked must be a function",
      "isRevoked with a row": "TypeError: answer of isRevoked must be true or false",
      "maxAge of 401 days": "RangeError: maxAge must be above 0, and at most 400 days, which is what browsers keep",
      "maxAge zero": "RangeError: maxAge must be above 0, and at most 400 days, which is what browsers keep",
      "method none": "TypeError: method must be a text such as 'GET'",
      "option algorithms": "TypeError: unknown option algorithms: HS256 is the only one",
      "option of verify": "TypeError: unknown option audience: it belongs into verify",
      "option undefined, tokenCookie": "TypeError: domain is undefined: leave it out, or set the environment variable it comes from",
      "option unknown, authenticate": "TypeError: unknown option optionl: known are verify, optional, isRevoked, realm, cookie, sources, trustedOrigins",
      "option unknown, challenge": "TypeError: unknown option error: known are realm, scope",
      "option unknown, clearTokenCookie": "TypeError: unknown option maxAge: a cookie that is cleared has none",
      "option unknown, isCrossOrigin": "TypeError: unknown option origins: known are trustedOrigins",
      "option unknown, readTokens": "TypeError: unknown option name: known are cookie, sources",
      "option unknown, tokenCookie": "TypeError: unknown option expires: known are name, domain, path, secure, httpOnly, sameSite, partitioned, now, maxAge",
      "optional no flag": "TypeError: optional must be true or false",
      "path wrong": "TypeError: path must be a path from '/', without ; and space",
      "realm with quotes": "TypeError: realm must be printable ASCII without quotes and backslashes",
      "sameSite wrong": "TypeError: sameSite must be 'Strict', 'Lax' or 'None'",
      "scope with two spaces": "TypeError: scope must be scopes with one space between them",
      "secure missing": "TypeError: secure must be true with __Host-, __Secure-, SameSite=None and Partitioned",
      "sources none": "TypeError: sources must be a list that is not empty",
      "sources unknown": "TypeError: sources must be 'cookie', 'bearer', or both",
      "token expired": "RangeError: token is expired",
      "trustedOrigins one text": "TypeError: trustedOrigins must be a list of origins such as 'https://app.example', in lower case, without a path or a default port",
      "trustedOrigins with a path": "TypeError: trustedOrigins must be a list of origins such as 'https://app.example', in lower case, without a path or a default port",
    }
  `)
})

it('are the messages of answers, in body and challenge', async () => {
  const headers = { authorization: `Bearer ${claims({ exp: 5 })}` }
  const cross = { cookie: `jwt=${valid}`, 'sec-fetch-site': 'cross-site' }
  const cases = { missing: guard({}, {}), expired: guard({}, headers), revoked: guard({ isRevoked: () => true }), 'cross-origin': guard({}, cross, 'POST') } // prettier-ignore
  const answers: Record<string, unknown> = { forbidden: forbidden({ scope: 'a' }) }
  for (const [name, run] of Object.entries(cases)) answers[name] = ((await run()) as { readonly response: unknown }).response
  const lines = Object.entries(answers as Readonly<Record<string, HttpResponse>>).map(
    ([name, { status, headers, body }]) => [name, `${status} ${headers['WWW-Authenticate'] ?? '-'} ${body}`] as const,
  )
  expect(Object.fromEntries(lines)).toMatchInlineSnapshot(`
    {
      "cross-origin": "403 - {"error":"cross_origin","message":"the cookie does not count in a request from another origin"}",
      "expired": "401 Bearer realm="jwt", error="invalid_token", error_description="token has expired, by its exp" {"error":"token_expired","message":"token has expired, by its exp"}",
      "forbidden": "403 Bearer realm="jwt", scope="a", error="insufficient_scope" {"error":"insufficient_scope","message":"the token does not allow this"}",
      "missing": "401 Bearer realm="jwt" {"error":"missing_token","message":"no token came, or more than one where one is expected"}",
      "revoked": "401 Bearer realm="jwt", error="invalid_token", error_description="token is revoked" {"error":"invalid_token","message":"token is revoked"}",
    }
  `)
})

it('are the messages of a token that is refused', async () => {
  expect(await messagesOf(REFUSALS)).toMatchInlineSnapshot(`
    {
      "alg no text": "JwtMalformedError: token header has a alg that is no string",
      "another MAC": "JwtSignatureError: token signature does not match",
      "another alg": "JwtAlgorithmError: token has another alg than HS256",
      "another kid": "JwtKeyNotFoundError: no key fits the token",
      "aud another": "JwtClaimError: token has an unexpected aud",
      "aud missing": "JwtClaimError: token has no aud",
      "aud no audience": "JwtClaimError: aud must be a string or a list of strings",
      "aud unexpected": "JwtClaimError: token needs a verifier with the option audience, as it has an aud",
      "b64": "JwtMalformedError: token header has b64, which is not supported",
      "crit": "JwtMalformedError: token header has crit, which is not supported",
      "cty JWT": "JwtMalformedError: token holds another token, which is not supported",
      "cty no text": "JwtMalformedError: token header has a cty that is no string",
      "exp missing": "JwtClaimError: token has no exp",
      "exp no time": "JwtClaimError: exp must be a number of seconds (not milliseconds)",
      "exp past": "JwtExpiredError: token has expired, by its exp",
      "four segments": "JwtMalformedError: token has not three segments",
      "header no object": "JwtMalformedError: token header is not a JSON object",
      "header not base64url": "JwtMalformedError: token segment 1 is not base64url",
      "header without alg": "JwtMalformedError: token header has no alg",
      "iat early": "JwtNotYetValidError: token is not valid yet, by its iat",
      "iss another": "JwtClaimError: token has an unexpected iss",
      "iss missing": "JwtClaimError: token has no iss",
      "kid no text": "JwtMalformedError: token header has a kid that is no string",
      "maxAge past": "JwtExpiredError: token has expired, by its iat",
      "maxAge without iat": "JwtClaimError: token has no iat",
      "nbf early": "JwtNotYetValidError: token is not valid yet, by its nbf",
      "no text": "JwtMalformedError: token is not a string",
      "not ASCII": "JwtMalformedError: token is not ASCII",
      "one segment": "JwtMalformedError: token has not three segments",
      "payload no object": "JwtMalformedError: token payload is not a JSON object",
      "payload not base64url": "JwtMalformedError: token segment 2 is not base64url",
      "required missing": "JwtClaimError: token has no role",
      "schema refuses": "JwtClaimError: claims do not fit the schema",
      "signature not base64url": "JwtMalformedError: token segment 3 is not base64url",
      "signature short": "JwtMalformedError: token signature is not 43 characters",
      "sub another": "JwtClaimError: token has an unexpected sub",
      "sub no text": "JwtClaimError: sub must be a string",
      "too long": "JwtMalformedError: token is longer than maxLength",
      "two segments": "JwtMalformedError: token has not three segments",
      "typ another": "JwtClaimError: token has an unexpected typ",
      "typ missing": "JwtClaimError: token has no typ",
      "typ no text": "JwtMalformedError: token header has a typ that is no string",
    }
  `)
})

it('are each one sentence in lower case, without a full stop', async () => {
  const tables = await Promise.all([MISTAKES, HTTP_MISTAKES, REFUSALS].map(messagesOf))
  for (const message of tables.flatMap((table) => Object.values(table))) {
    expect(message).toMatch(/^(TypeError|RangeError|Jwt\w+Error): ([a-z]|CryptoKey|JWK|Web Crypto|header)[^\n]*[^.\s]$/)
  }
})
