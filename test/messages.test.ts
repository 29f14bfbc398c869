import { createKey, createVerifier, decodeUnverified, generateSecret, secondsLeft, sign, verify } from 'hs256'
import {
  authenticate,
  challenge,
  clearTokenCookie,
  forbidden,
  isCrossOrigin,
  readTokens,
  tokenCookie,
  unauthorized,
  type HttpResponse,
} from 'hs256/http'
import { describe, expect, it } from 'vitest'
import { base64url } from './support/bytes.ts'
import { forge, SECRET, segmentOf } from './support/forge.ts'
import { withoutSubtle } from './support/web-crypto.ts'

const K = base64url(SECRET)
const key = createKey(SECRET)

const hs256 = { alg: 'HS256' }
const valid = forge(undefined, hs256)
const claims = (payload: object): string => forge({ exp: 4_000_000_000, ...payload }, hs256)

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

/** A schema that accepts nothing but a string, so that it rejects all claims. */
const ofStrings = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value: unknown) => (typeof value === 'string' ? { value } : { issues: [{ message: 'not a string' }] }),
  },
}

/** A row as an ORM returns it. */
class Row {
  readonly sub = 'u1'
}

/** An object in an object, and so on. */
function nested(levels: number): object {
  let inner = {}
  for (let i = 0; i < levels; i++) inner = { inner }
  return inner
}

/** The header parameters that have a place of their own, or none. */
const RESERVED = ['alg', 'jku', 'jwk', 'kid', 'x5u', 'x5c', 'x5t', 'x5t#S256', 'typ', 'crit', 'b64']

/** Options of other libraries, for which `verify` has a hint. */
const OF_VERIFY = [
  'algorithm',
  'algorithms',
  'aud',
  'clockSkew',
  'clockTimestamp',
  'complete',
  'currentDate',
  'ignoreExpiration',
  'iss',
  'jti',
  'jwtid',
  'keyid',
  'leeway',
  'maxTokenAge',
  'requiredClaims',
  'sub',
  'typ',
]

/** Options of other libraries, for which `sign` has a hint. */
const OF_SIGN = ['aud', 'audience', 'exp', 'expires', 'iss', 'issuer', 'jwtid', 'kid', 'noTimestamp', 'sub', 'subject']

/** An object that contains itself. */
const CYCLE: Record<string, unknown> = {}
CYCLE['self'] = CYCLE

/** Values that JSON cannot represent, and the kinds of them. */
const UNREPRESENTABLE: Readonly<Record<string, unknown>> = {
  NaN: NaN,
  Infinity: -Infinity,
  bigint: 5n,
  function: () => 5,
  class: class {},
  symbol: Symbol('s'),
  'undefined in a list': [undefined],
  'gap in a list': Object.assign([], { 1: 'a' }),
  'undefined by toJSON': { toJSON: () => undefined },
  'invalid Date': new Date(NaN),
  Map: new Map(),
  Set: new Set(),
  Error: new Error('e'),
  RegExp: /r/,
  Uint8Array: new Uint8Array(2),
  ArrayBuffer: new ArrayBuffer(2),
  Promise: Promise.resolve(),
  'object with a tag': { [Symbol.toStringTag]: 'Item' },
  'function with the tag of an object': Object.assign(() => 5, { [Symbol.toStringTag]: 'Object' }),
  'object that contains itself deeper': { inner: CYCLE },
}

const MISTAKES: Readonly<Record<string, () => unknown>> = {
  'secret undefined': make(undefined),
  'secret null': make(null),
  'secret short': make('x'.repeat(31)),
  'secret PEM': make('-----BEGIN PUBLIC KEY-----'),
  'secret SSH key': make('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA'),
  'secret JWK as text': make(JSON.stringify({ kty: 'oct', k: K })),
  'secret lone surrogate': make(`${SECRET}\uD800`),
  'secret with a line end': make(`${SECRET}\n`),
  'secret with a BOM': make(`\uFEFF${SECRET}`),
  'secret in quotes': make(`"${SECRET}"`),
  'secret of two lines': make(`${SECRET}\n${SECRET}`),
  'secret in a JSON object': make(JSON.stringify({ type: 'HS256', key: SECRET })),
  'secret with U+FFFD': make(`${SECRET}\uFFFD`),
  'CryptoKey for another hash': async () =>
    createKey(await crypto.subtle.importKey('raw', new Uint8Array(64), { name: 'HMAC', hash: 'SHA-512' }, false, ['sign'])),
  'CryptoKey of RSA': async () => createKey((await crypto.subtle.generateKey(RSA, false, ['sign', 'verify'])).publicKey),
  'CryptoKey of AES': async () => createKey(await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt'])),
  'CryptoKey of 31 bytes': async () =>
    createKey(await crypto.subtle.importKey('raw', new Uint8Array(31), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])),
  'KeyObject that is public': make({ [Symbol.toStringTag]: 'KeyObject', type: 'public' }),
  'CryptoKey of nothing': make({ [Symbol.toStringTag]: 'CryptoKey', algorithm: { name: 'HMAC' } }),
  'JWK of RSA': make({ kty: 'RSA' }),
  'JWK for HS512': make({ kty: 'oct', k: K, alg: 'HS512' }),
  'JWK for encryption': make({ kty: 'oct', k: K, use: 'enc' }),
  'JWK for nothing': make({ kty: 'oct', k: K, key_ops: ['encrypt'] }),
  'JWK whose key_ops is a string': make({ kty: 'oct', k: K, key_ops: 'sign' }),
  'JWK with padding': make({ kty: 'oct', k: `${K}=` }),
  'JWK without k': make({ kty: 'oct' }),
  'JWK whose k is short': make({ kty: 'oct', k: 'AAAA' }),
  'JWK whose kid is a number': make({ kty: 'oct', k: K, kid: 5 }),
  'JWK with an empty kid': make({ kty: 'oct', k: K, kid: '' }),
  'kid empty': make(SECRET, { kid: '' }),
  'JWK without kty': make({ k: K }),
  'key raw': read(valid, {}, SECRET),
  'key null': issue({}, { expiresIn: '1h' }, null),
  'key of another copy': read(valid, {}, { [Symbol.toStringTag]: 'JwtKey', kid: undefined }),
  'key of another copy in a list': read(valid, {}, [key, { [Symbol.toStringTag]: 'JwtKey', kid: undefined }]),
  'key from another thread': read(valid, {}, structuredClone(key)),
  'key that may not sign': issue({}, { expiresIn: '1h' }, createKey({ kty: 'oct', k: K, key_ops: ['verify'] })),
  'key that may not verify': read(valid, {}, createKey({ kty: 'oct', k: K, key_ops: ['sign'] })),
  'keys none': read(valid, {}, []),
  'keys too many': read(
    valid,
    {},
    Array.from({ length: 17 }, () => key),
  ),
  'keys none, found by a function': read(valid, {}, () => []),
  'key raw, found by a function': read(valid, {}, () => SECRET),
  'two keys with the same kid': read(valid, {}, [createKey(SECRET, { kid: 'a' }), createKey(SECRET, { kid: 'a' })]),
  'options null': read(valid, null),
  'options a kid': make(SECRET, 'k1'),
  'options a string, sign': issue({}, '1h'),
  'options a function': read(valid, () => undefined),
  'callback, verify': () => verify(valid, key, {}, ...([() => undefined] as unknown as [])),
  'callback, generateSecret': () => generateSecret(...([() => undefined] as unknown as [])),
  'option unknown, createKey': make(SECRET, { secret: 1 }),
  'option unknown, sign': issue({}, { expiresIn: '1h', iat: 5 }),
  'option unknown, verify': read(valid, { verify_aud: true }),
  'option unknown, secondsLeft': () => secondsLeft(decodeUnverified(valid), { clock: 1 } as never),
  ...Object.fromEntries(OF_VERIFY.map((name) => [`option ${name}`, read(valid, { [name]: 'x' })])),
  ...Object.fromEntries(OF_SIGN.map((name) => [`option ${name}, sign`, issue({}, { expiresIn: '1h', [name]: 'x' })])),
  'option undefined': read(valid, { issuer: undefined }),
  'string empty': read(valid, { subject: '' }),
  'empty string in a list': read(valid, { issuer: ['a', ''] }),
  'list empty': read(valid, { audience: [] }),
  'boolean wrong': read(valid, { requireExp: 'false' }),
  'duration wrong': read(valid, { maxAge: '15 minutes' }),
  'duration in milliseconds': read(valid, { maxAge: 3_600_000 }),
  'duration a Date': issue({}, { expiresIn: new Date() }),
  'duration a Temporal.Instant': issue({}, { expiresIn: '1h', notBefore: { [Symbol.toStringTag]: 'Temporal.Instant' } }),
  'tolerance in milliseconds': read(valid, { clockTolerance: 5000 }),
  'length wrong': read(valid, { maxLength: 0 }),
  'remember wrong': () => createVerifier(key, { remember: 1 }),
  'remember in verify': read(valid, { remember: 4096 } as never),
  'clock wrong': read(valid, { now: new Date() }),
  'clock that returns milliseconds': read(valid, { now: () => Date.now() }),
  'clock that returns an invalid Date': issue({}, { expiresIn: '1h', now: () => new Date(NaN) }),
  'schema wrong': read(valid, { schema: {} }),
  'schema a promise': read(valid, { schema: Promise.resolve(schema({ value: {} })) }),
  'schema of strings': read(valid, { schema: ofStrings }),
  'allowMistyped without a schema': read(valid, { allowMistyped: ['sub'] }),
  'allowMistyped with exp': read(valid, { allowMistyped: ['exp'], schema: schema({ value: {} }) }),
  'allowMistyped with subject': read(valid, { allowMistyped: ['sub'], subject: 'u1', schema: schema({ value: {} }) }),
  'allowMistyped with required': read(valid, { allowMistyped: ['jti'], required: 'jti', schema: schema({ value: {} }) }),
  'token a Promise': read(Promise.resolve(valid)),
  'token a Promise, decodeUnverified': () => decodeUnverified(Promise.resolve(valid) as never),
  'ignoreAudience with audience': read(valid, { audience: 'a', ignoreAudience: true }),
  'schema with not an object': read(valid, { schema: schema({ value: 5 }) }),
  'expiresIn missing': issue({}, {}),
  'expiresIn with exp': issue({ exp: 5 }),
  'expiresIn undefined': issue({}, { expiresIn: undefined }),
  'expiresIn zero': issue({}, { expiresIn: 0 }),
  'expiresIn under a second': issue({}, { expiresIn: 0.999 }),
  'expiresIn wrong': issue({}, { expiresIn: '1.5h' }),
  'notBefore with nbf': issue({ nbf: 5 }, { expiresIn: '1h', notBefore: 5 }),
  ...Object.fromEntries(RESERVED.map((name) => [`header ${name}`, issue({}, { expiresIn: '1h', header: { [name]: 'x' } })])),
  'header cty JWT': issue({}, { expiresIn: '1h', header: { cty: 'application/jwt' } }),
  'header cty not a string': issue({}, { expiresIn: '1h', header: { cty: 5 } }),
  'header not an object': issue({}, { expiresIn: '1h', header: ['alg'] }),
  'header with a number of 2^53': issue({}, { expiresIn: '1h', header: { a: 2 ** 53 } }),
  'claims not an object': issue([]),
  'claims undefined': issue(undefined),
  'claims a Promise': issue(Promise.resolve({})),
  'claims a class instance': issue(new Row()),
  'claims nested too deeply': issue(nested(1001)),
  'claim with a number of 2^53': issue({ user: { ids: [1, 2 ** 53] } }),
  'claim not a string': issue({ sub: 5 }),
  'claim undefined': issue({ sub: undefined }),
  'claims that contain themselves': issue(CYCLE),
  'header that contains itself': issue({}, { expiresIn: '1h', header: CYCLE }),
  'claim not a time': issue({ nbf: '5' }),
  'claim not an audience': issue({ aud: [5] }),
  'claim in milliseconds': issue({ iat: 1_767_225_600_000 }),
  'claim inside that JSON cannot represent': issue({ user: { groups: ['a', NaN] } }),
  'header that JSON cannot represent': issue({}, { expiresIn: '1h', header: { a: 5n } }),
  ...Object.fromEntries(Object.entries(UNREPRESENTABLE).map(([name, value]) => [`claim: ${name}`, issue({ x: value })])),
  'token too long': issue({ a: 'x'.repeat(70_000) }),
  'secondsLeft of a token': () => secondsLeft(valid as never),
  'secondsLeft of nothing': () => secondsLeft(undefined as never),
  'secondsLeft of a Date': () => secondsLeft({ claims: { exp: new Date() } }),
  'Web Crypto missing': () => withoutSubtle(issue({})),
  'Web Crypto missing, generateSecret': () => withoutSubtle(generateSecret),
}

/** Mistakes in calls of `hs256/http`. */
const HTTP_MISTAKES: Readonly<Record<string, () => unknown>> = {
  'headers none': () => readTokens(undefined as never),
  'headers a Map': () => readTokens(new Map() as never),
  'headers a request': () => isCrossOrigin('POST', new Request('https://orders.example') as never),
  'header not a string': () => readTokens({ cookie: 5 } as never),
  'request without a method': guard({}, {}, null),
  'headers in place of a request': () => authenticate(new Headers() as never, key),
  'callback, authenticate': () => authenticate({ method: 'GET', headers: {} }, key, {}, ...([() => undefined] as unknown as [])),
  'cookie not a name': guard({ cookie: 'jwt=' }),
  'sources unknown': guard({ sources: ['query'] }),
  'sources none': guard({ sources: [] }),
  'trustedOrigins one string': guard({ trustedOrigins: 'https://app.example' }),
  'trustedOrigins with a path': () => isCrossOrigin('POST', {}, { trustedOrigins: ['https://app.example/'] }),
  'realm with quotes': guard({ realm: '"' }),
  'realm with quotes, in a challenge': () => challenge(undefined, { realm: '"' }),
  'scope with quotes': () => forbidden({ scope: '"' }),
  'scope with two spaces': () => forbidden({ scope: 'a  b' }),
  'error of another kind': () => challenge(new Error('x') as never),
  'error of another kind, unauthorized': () => unauthorized(new Error('x') as never),
  'optional not a boolean': guard({ optional: 'true' }),
  'isRevoked not a function': guard({ isRevoked: true }),
  'isRevoked with a row': guard({ isRevoked: () => ({ id: 1 }) }),
  'option of verify': guard({ audience: 'orders' }),
  'option algorithms': guard({ algorithms: ['HS256'] }),
  'remember in authenticate': guard({ remember: 4096 }),
  'cookie option name': bake({ name: 'session' }),
  'request null': () => authenticate(null as never, key),
  'rawHeaders null': () => authenticate({ method: 'GET', headers: {}, rawHeaders: null } as never, key),
  'option credentialsRequired': guard({ credentialsRequired: false }),
  'option aud': guard({ aud: 'orders' }),
  'option iss': guard({ iss: 'https://auth.example' }),
  'option leeway': guard({ leeway: 5 }),
  'option cookieName': guard({ cookieName: 'jwt' }),
  'option name': guard({ name: 'jwt' }),
  'option unknown, authenticate': guard({ optionl: true }),
  'option unknown, readTokens': () => readTokens({}, { cookies: 'jwt' } as never),
  'option unknown, isCrossOrigin': () => isCrossOrigin('POST', {}, { origins: [] } as never),
  'option unknown, challenge': () => challenge(undefined, { error: 'x' } as never),
  'option unknown, tokenCookie': bake({ signed: true }),
  'option expires, tokenCookie': bake({ expires: new Date() }),
  'option maxAge, clearTokenCookie': () => clearTokenCookie({ maxAge: 5 } as never),
  'name before the token, tokenCookie': () => tokenCookie('jwt', valid as never),
  'option undefined, tokenCookie': bake({ domain: undefined }),
  'cookie name wrong': bake({ cookie: 'jwt;' }),
  'domain wrong': bake({ domain: 'https://example.com' }),
  'path wrong': bake({ path: 'app' }),
  'sameSite wrong': bake({ sameSite: 'all' }),
  'secure missing': bake({ secure: false, sameSite: 'None' }),
  '__Host- without secure': bake({ cookie: '__Host-jwt', secure: false }),
  '__Host- with a domain': bake({ cookie: '__Host-jwt', domain: 'example.com' }),
  '__Host- with a path': bake({ cookie: '__Host-jwt', path: '/app' }),
  '__Http- without httpOnly': bake({ cookie: '__Http-jwt', httpOnly: false }),
  'maxAge zero': bake({ maxAge: 0 }),
  'maxAge wrong': bake({ maxAge: 'soon' }),
  'maxAge in milliseconds': bake({ maxAge: 900_000 }),
  'maxAge of 401 days': bake({ maxAge: '401d' }),
  'token expired': bake({}, claims({ exp: 5 })),
  'cookie too long': bake({}, claims({ a: 'x'.repeat(4000) })),
}

const REJECTIONS: Readonly<Record<string, () => unknown>> = {
  'not a string': read(undefined),
  'too long': read(valid, { maxLength: 5 }),
  'one segment': read('a'),
  'two segments': read('a.b'),
  'four segments': read('a.b.c.d'),
  'not ASCII': read('a.b.ç'),
  'header not base64url': read('=.b.c'),
  'payload not base64url': read(`${segmentOf(hs256)}.=.c`),
  'signature not base64url': read(`${segmentOf(hs256)}.e30.=`),
  'signature short': read(`${segmentOf(hs256)}.e30.AA`),
  'header not an object': read(forge(undefined, [])),
  'header without alg': read(forge(undefined, {})),
  'alg not a string': read(forge(undefined, { alg: 5 })),
  'kid not a string': read(forge(undefined, { ...hs256, kid: 5 })),
  'typ not a string': read(forge(undefined, { ...hs256, typ: 5 })),
  'cty not a string': read(forge(undefined, { ...hs256, cty: 5 })),
  crit: read(forge(undefined, { ...hs256, crit: ['exp'] })),
  b64: read(forge(undefined, { ...hs256, b64: false })),
  'cty JWT': read(forge(undefined, { ...hs256, cty: 'JWT' })),
  'payload not an object': read(forge([], hs256)),
  'Bearer before the token': read(`Bearer ${valid}`),
  'Bearer before another string': read('bearer abc'),
  'token in quotes': read(`"${valid}"`),
  'string in quotes': read("'abc'"),
  'another alg': read(forge(undefined, { alg: 'none' })),
  HS384: read(forge(undefined, { alg: 'HS384' })),
  HS512: read(forge(undefined, { alg: 'HS512' })),
  'number of 2^53': read(claims({ user: { id: 2 ** 53 } })),
  'number of 2^53, not verified': () => decodeUnverified(claims({ id: 2 ** 53 })),
  'number of 2^53 in the header': read(forge(undefined, { ...hs256, a: 2 ** 53 })),
  'another kid': read(forge(undefined, { ...hs256, kid: 'a' }), {}, createKey(SECRET, { kid: 'b' })),
  'another MAC': read(valid, {}, createKey(`${SECRET}!`)),
  'exp not a time': read(claims({ exp: '5' })),
  'iss not a string': read(claims({ iss: 5 })),
  'sub not a string': read(claims({ sub: 5 })),
  'jti not a string': read(claims({ jti: 5 })),
  'aud not an audience': read(claims({ aud: [5] })),
  'exp missing': read(forge({}, hs256)),
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
  'typ another': read(forge(undefined, { ...hs256, typ: 'b' }), { type: 'a' }),
  'key function finds none': read(valid, {}, () => undefined),
  'nbf not a time': read(claims({ nbf: '5' })),
  'iat not a time': read(claims({ iat: 1_767_225_600_000 })),
  'required missing': read(valid, { required: 'role' }),
  'schema rejects': read(valid, { schema: schema({ issues: [{ message: 'm' }] }) }),
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

describe('the messages', () => {
  it('name the mistake in a call', async () => {
    expect(await messagesOf(MISTAKES)).toMatchInlineSnapshot(`
      {
        "CryptoKey for another hash": "TypeError: the CryptoKey must be for HMAC with SHA-256",
        "CryptoKey of 31 bytes": "RangeError: secret has 31 bytes; HS256 needs at least 32 (RFC 7518 §3.2): make one with generateSecret()",
        "CryptoKey of AES": "TypeError: the CryptoKey must be for HMAC with SHA-256",
        "CryptoKey of RSA": "TypeError: the CryptoKey must be for HMAC with SHA-256",
        "CryptoKey of nothing": "TypeError: the CryptoKey must be for HMAC with SHA-256",
        "JWK for HS512": "TypeError: the JWK must have kty oct; its alg must be HS256 and its use sig, if present",
        "JWK for encryption": "TypeError: the JWK must have kty oct; its alg must be HS256 and its use sig, if present",
        "JWK for nothing": "TypeError: the JWK's key_ops must be a list that includes sign or verify",
        "JWK of RSA": "TypeError: the JWK must have kty oct; its alg must be HS256 and its use sig, if present",
        "JWK whose k is short": "RangeError: secret has 3 bytes; HS256 needs at least 32 (RFC 7518 §3.2): make one with generateSecret()",
        "JWK whose key_ops is a string": "TypeError: the JWK's key_ops must be a list that includes sign or verify",
        "JWK whose kid is a number": "TypeError: the JWK's kid must be a non-empty string",
        "JWK with an empty kid": "TypeError: the JWK's kid must be a non-empty string",
        "JWK with padding": "TypeError: the JWK's k must be base64url without padding",
        "JWK without k": "TypeError: the JWK's k must be base64url without padding",
        "JWK without kty": "TypeError: the JWK must have kty oct; its alg must be HS256 and its use sig, if present",
        "KeyObject that is public": "TypeError: the KeyObject must be of type secret",
        "Web Crypto missing": "TypeError: Web Crypto is missing: use https, localhost or a newer runtime",
        "Web Crypto missing, generateSecret": "TypeError: Web Crypto is missing: use https, localhost or a newer runtime",
        "allowMistyped with exp": "TypeError: allowMistyped must be a list of 'iss', 'sub', 'iat' or 'jti'",
        "allowMistyped with required": "TypeError: allowMistyped cannot contain jti: another option requires it",
        "allowMistyped with subject": "TypeError: allowMistyped cannot contain sub: another option requires it",
        "allowMistyped without a schema": "TypeError: allowMistyped needs a schema: only the schema sees such a claim",
        "boolean wrong": "TypeError: requireExp must be true or false",
        "callback, generateSecret": "TypeError: callbacks are not supported: await the promise, or use the return value",
        "callback, verify": "TypeError: callbacks are not supported: await the promise, or use the return value",
        "claim in milliseconds": "TypeError: iat must be a number of seconds (not milliseconds, not a string)",
        "claim inside that JSON cannot represent": "TypeError: claims.user.groups.1 is not a finite number, which JSON cannot represent",
        "claim not a string": "TypeError: sub must be a string",
        "claim not a time": "TypeError: nbf must be a number of seconds (not milliseconds, not a string)",
        "claim not an audience": "TypeError: aud must be a string or a list of strings",
        "claim undefined": "TypeError: sub must be a string",
        "claim with a number of 2^53": "TypeError: claims.user.ids.1 is a number of 2^53 or more, which JavaScript rounds: write it as a string",
        "claim: ArrayBuffer": "TypeError: claims.x is an ArrayBuffer, which JSON cannot represent",
        "claim: Error": "TypeError: claims.x is an Error, which JSON cannot represent",
        "claim: Infinity": "TypeError: claims.x is not a finite number, which JSON cannot represent",
        "claim: Map": "TypeError: claims.x is a Map, which JSON cannot represent",
        "claim: NaN": "TypeError: claims.x is not a finite number, which JSON cannot represent",
        "claim: Promise": "TypeError: claims.x is a Promise, which JSON cannot represent: await it",
        "claim: RegExp": "TypeError: claims.x is a RegExp, which JSON cannot represent",
        "claim: Set": "TypeError: claims.x is a Set, which JSON cannot represent",
        "claim: Uint8Array": "TypeError: claims.x is a Uint8Array, which JSON cannot represent",
        "claim: bigint": "TypeError: claims.x is a bigint, which JSON cannot represent: write it as a string",
        "claim: class": "TypeError: claims.x is a function, which JSON cannot represent",
        "claim: function": "TypeError: claims.x is a function, which JSON cannot represent",
        "claim: function with the tag of an object": "TypeError: claims.x is a function, which JSON cannot represent",
        "claim: gap in a list": "TypeError: claims.x.0 is undefined, which JSON cannot represent",
        "claim: invalid Date": "TypeError: claims.x is an invalid Date, which JSON cannot represent",
        "claim: object that contains itself deeper": "TypeError: claims.x.inner.self contains itself, which JSON cannot represent",
        "claim: object with a tag": "TypeError: claims.x is an Item, which JSON cannot represent",
        "claim: symbol": "TypeError: claims.x is a symbol, which JSON cannot represent",
        "claim: undefined by toJSON": "TypeError: claims.x is undefined, which JSON cannot represent",
        "claim: undefined in a list": "TypeError: claims.x.0 is undefined, which JSON cannot represent",
        "claims a Promise": "TypeError: claims must be a plain object such as { sub: user.id }, not a Promise",
        "claims a class instance": "TypeError: claims must be a plain object such as { sub: user.id }, not a class instance",
        "claims nested too deeply": "RangeError: a value is nested more than 1000 levels deep: flatten it",
        "claims not an object": "TypeError: claims must be a plain object such as { sub: user.id }, not an Array",
        "claims that contain themselves": "TypeError: claims.self.self contains itself, which JSON cannot represent",
        "claims undefined": "TypeError: claims must be a plain object such as { sub: user.id }, not undefined",
        "clock that returns an invalid Date": "TypeError: now must be a function that returns a valid Date or Temporal.Instant",
        "clock that returns milliseconds": "TypeError: now must be a function that returns a valid Date or Temporal.Instant",
        "clock wrong": "TypeError: now must be a function that returns a valid Date or Temporal.Instant",
        "duration a Date": "TypeError: expiresIn is a Date: pass a duration such as '1h', or set exp or nbf in the claims",
        "duration a Temporal.Instant": "TypeError: notBefore is a Temporal.Instant: pass a duration such as '1h', or set exp or nbf in the claims",
        "duration in milliseconds": "RangeError: maxAge is over 86400 seconds: write it with a unit, as in '1h' or '7d'",
        "duration wrong": "TypeError: maxAge must be a non-negative number of seconds, or a string such as '15m', '12h' or '7d'",
        "empty string in a list": "TypeError: issuer must be a non-empty string or a non-empty list of such strings",
        "expiresIn missing": "TypeError: expiresIn is required: a lifetime such as '1h', or 'never'",
        "expiresIn undefined": "TypeError: expiresIn is undefined: pass a lifetime such as '1h' or 'never', or set the environment variable it comes from",
        "expiresIn under a second": "RangeError: expiresIn must be at least 1 second, or 'never'",
        "expiresIn with exp": "TypeError: expiresIn cannot be combined with an exp claim: to renew a token, leave exp out of the claims",
        "expiresIn wrong": "TypeError: expiresIn must be a non-negative number of seconds, or a string such as '15m', '12h' or '7d'",
        "expiresIn zero": "RangeError: expiresIn must be at least 1 second, or 'never'",
        "header alg": "TypeError: header cannot contain alg: it is always HS256",
        "header b64": "TypeError: header cannot contain b64: it is not supported",
        "header crit": "TypeError: header cannot contain crit: it is not supported",
        "header cty JWT": "TypeError: header.cty cannot be JWT: a token in a token is not supported",
        "header cty not a string": "TypeError: header.cty must be a string",
        "header jku": "TypeError: header cannot contain jku: it is not supported",
        "header jwk": "TypeError: header cannot contain jwk: it is not supported",
        "header kid": "TypeError: header cannot contain kid: pass it to createKey",
        "header not an object": "TypeError: header must be a plain object",
        "header that JSON cannot represent": "TypeError: header.a is a bigint, which JSON cannot represent: write it as a string",
        "header that contains itself": "TypeError: header.self contains itself, which JSON cannot represent",
        "header typ": "TypeError: header cannot contain typ: use the type option",
        "header with a number of 2^53": "TypeError: header.a is a number of 2^53 or more, which JavaScript rounds: write it as a string",
        "header x5c": "TypeError: header cannot contain x5c: it is not supported",
        "header x5t": "TypeError: header cannot contain x5t: it is not supported",
        "header x5t#S256": "TypeError: header cannot contain x5t#S256: it is not supported",
        "header x5u": "TypeError: header cannot contain x5u: it is not supported",
        "ignoreAudience with audience": "TypeError: ignoreAudience cannot be combined with audience",
        "key from another thread": "TypeError: key is from another copy of hs256 (a bundle, a hot reload, a test reset, CommonJS mixed with ES modules) or another thread: share the secret, not the key, and call createKey where the key is used",
        "key null": "TypeError: key must be made by createKey",
        "key of another copy": "TypeError: key is from another copy of hs256 (a bundle, a hot reload, a test reset, CommonJS mixed with ES modules) or another thread: share the secret, not the key, and call createKey where the key is used",
        "key of another copy in a list": "TypeError: key is from another copy of hs256 (a bundle, a hot reload, a test reset, CommonJS mixed with ES modules) or another thread: share the secret, not the key, and call createKey where the key is used",
        "key raw": "TypeError: key must be made by createKey",
        "key raw, found by a function": "TypeError: key must be made by createKey",
        "key that may not sign": "TypeError: key is not allowed to sign: its key_ops or usages exclude it",
        "key that may not verify": "TypeError: key is not allowed to verify: its key_ops or usages exclude it",
        "keys none": "TypeError: keys must be a key or a list of 1 to 16 keys",
        "keys none, found by a function": "TypeError: keys must be a key or a list of 1 to 16 keys",
        "keys too many": "TypeError: keys must be a key or a list of 1 to 16 keys",
        "kid empty": "TypeError: kid must be a non-empty string",
        "length wrong": "TypeError: maxLength must be a positive integer",
        "list empty": "TypeError: audience must be a non-empty string or a non-empty list of such strings",
        "notBefore with nbf": "TypeError: notBefore cannot be combined with an nbf claim",
        "option algorithm": "TypeError: unknown option algorithm: HS256 is the only algorithm",
        "option algorithms": "TypeError: unknown option algorithms: HS256 is the only algorithm",
        "option aud": "TypeError: unknown option aud: use audience",
        "option aud, sign": "TypeError: unknown option aud: put aud in the claims",
        "option audience, sign": "TypeError: unknown option audience: put aud in the claims",
        "option clockSkew": "TypeError: unknown option clockSkew: use clockTolerance",
        "option clockTimestamp": "TypeError: unknown option clockTimestamp: use now",
        "option complete": "TypeError: unknown option complete: the result always has the header",
        "option currentDate": "TypeError: unknown option currentDate: use now",
        "option exp, sign": "TypeError: unknown option exp: use expiresIn",
        "option expires, sign": "TypeError: unknown option expires: use expiresIn for a token, and maxAge for a cookie",
        "option ignoreExpiration": "TypeError: unknown option ignoreExpiration: catch JwtExpiredError; only the MAC of its claims was checked",
        "option iss": "TypeError: unknown option iss: use issuer",
        "option iss, sign": "TypeError: unknown option iss: put iss in the claims",
        "option issuer, sign": "TypeError: unknown option issuer: put iss in the claims",
        "option jti": "TypeError: unknown option jti: to sign, put jti in the claims; after verify, compare claims.jti",
        "option jwtid": "TypeError: unknown option jwtid: to sign, put jti in the claims; after verify, compare claims.jti",
        "option jwtid, sign": "TypeError: unknown option jwtid: to sign, put jti in the claims; after verify, compare claims.jti",
        "option keyid": "TypeError: unknown option keyid: pass kid to createKey",
        "option kid, sign": "TypeError: unknown option kid: pass kid to createKey",
        "option leeway": "TypeError: unknown option leeway: use clockTolerance",
        "option maxTokenAge": "TypeError: unknown option maxTokenAge: use maxAge",
        "option noTimestamp, sign": "TypeError: unknown option noTimestamp: iat is always set",
        "option requiredClaims": "TypeError: unknown option requiredClaims: use required",
        "option sub": "TypeError: unknown option sub: use subject",
        "option sub, sign": "TypeError: unknown option sub: put sub in the claims",
        "option subject, sign": "TypeError: unknown option subject: put sub in the claims",
        "option typ": "TypeError: unknown option typ: use type",
        "option undefined": "TypeError: issuer is undefined: leave it out, or set the environment variable it comes from",
        "option unknown, createKey": "TypeError: unknown option secret: the options are kid",
        "option unknown, secondsLeft": "TypeError: unknown option clock: the options are now",
        "option unknown, sign": "TypeError: unknown option iat: the options are expiresIn, notBefore, type, header, now",
        "option unknown, verify": "TypeError: unknown option verify_aud: the options are issuer, audience, ignoreAudience, subject, type, required, requireExp, maxAge, clockTolerance, maxLength, now, schema, allowMistyped",
        "options a function": "TypeError: callbacks are not supported: await the promise, or use the return value",
        "options a kid": "TypeError: options must be a plain object such as { kid: … }",
        "options a string, sign": "TypeError: options must be a plain object such as { expiresIn: … }",
        "options null": "TypeError: options must be a plain object such as { issuer: … }",
        "remember in verify": "TypeError: unknown option remember: pass it to createVerifier, or to createGuard beside verify",
        "remember wrong": "TypeError: remember must be 0, or an integer from 4096 to 2^30: a number of characters",
        "schema a promise": "TypeError: schema must be a Standard Schema v1",
        "schema of strings": "TypeError: schema must be for objects: this one rejects every token",
        "schema with not an object": "TypeError: the schema's output must be a plain object",
        "schema wrong": "TypeError: schema must be a Standard Schema v1",
        "secondsLeft of a Date": "TypeError: exp must be a number of seconds",
        "secondsLeft of a token": "TypeError: jwt must be the result of verify or decodeUnverified",
        "secondsLeft of nothing": "TypeError: jwt must be the result of verify or decodeUnverified",
        "secret JWK as text": "TypeError: secret looks like a PEM file, an SSH key or the text of a JWK: pass a shared secret, or the JWK as an object",
        "secret PEM": "TypeError: secret looks like a PEM file, an SSH key or the text of a JWK: pass a shared secret, or the JWK as an object",
        "secret SSH key": "TypeError: secret looks like a PEM file, an SSH key or the text of a JWK: pass a shared secret, or the JWK as an object",
        "secret in a JSON object": "TypeError: secret is a JSON object: pass the secret inside it, or all of its bytes",
        "secret in quotes": "TypeError: secret is in quotes: remove them if the other side does so; otherwise pass its bytes, new TextEncoder().encode(secret)",
        "secret lone surrogate": "TypeError: secret must be a well-formed string, a byte array, a CryptoKey, a KeyObject, or a JWK",
        "secret null": "TypeError: secret must be a well-formed string, a byte array, a CryptoKey, a KeyObject, or a JWK",
        "secret of two lines": "TypeError: secret contains a control character such as a line break: remove it if the other side does so; otherwise pass its bytes, new TextEncoder().encode(secret)",
        "secret short": "RangeError: secret has 31 bytes; HS256 needs at least 32 (RFC 7518 §3.2): make one with generateSecret()",
        "secret undefined": "TypeError: secret is undefined: is the environment variable set?",
        "secret with U+FFFD": "TypeError: secret contains U+FFFD: binary data was read as text, so pass the bytes",
        "secret with a BOM": "TypeError: secret has white space or a BOM at an end: trim it if the other side does so; otherwise pass its bytes, new TextEncoder().encode(secret)",
        "secret with a line end": "TypeError: secret has white space or a BOM at an end: trim it if the other side does so; otherwise pass its bytes, new TextEncoder().encode(secret)",
        "string empty": "TypeError: subject must be a non-empty string",
        "token a Promise": "TypeError: token is a Promise: await it",
        "token a Promise, decodeUnverified": "TypeError: token is a Promise: await it",
        "token too long": "RangeError: token has 93471 characters; at most 65536 are allowed: put less in the claims",
        "tolerance in milliseconds": "RangeError: clockTolerance must be at most 600 seconds: write 30 or '30s', not milliseconds",
        "two keys with the same kid": "TypeError: two keys have the same kid: give each its own",
      }
    `)
  })

  it('name the mistake in a call of hs256/http', async () => {
    expect(await messagesOf(HTTP_MISTAKES)).toMatchInlineSnapshot(`
      {
        "__Host- with a domain": "TypeError: a __Host- cookie cannot have a domain or a path other than /",
        "__Host- with a path": "TypeError: a __Host- cookie cannot have a domain or a path other than /",
        "__Host- without secure": "TypeError: secure must be true with a __ prefix, sameSite None or partitioned",
        "__Http- without httpOnly": "TypeError: httpOnly must be true with the prefix __Http- or __Host-Http-",
        "callback, authenticate": "TypeError: callbacks are not supported: await the promise, or use the return value",
        "cookie name wrong": "TypeError: cookie must be a cookie name: letters, digits, - _ . or other characters of an RFC 9110 token",
        "cookie not a name": "TypeError: cookie must be a cookie name: letters, digits, - _ . or other characters of an RFC 9110 token",
        "cookie option name": "TypeError: unknown option name: use cookie",
        "cookie too long": "RangeError: cookie has 5435 bytes; browsers keep at most 4096: put less in the claims",
        "domain wrong": "TypeError: domain must be a host name in ASCII, such as 'example.com'",
        "error of another kind": "TypeError: error must be a JwtError",
        "error of another kind, unauthorized": "TypeError: error must be a JwtError",
        "header not a string": "TypeError: header cookie must be a string",
        "headers a Map": "TypeError: headers must be a Fetch Headers or Node's headers",
        "headers a request": "TypeError: headers must be a Fetch Headers or Node's headers",
        "headers in place of a request": "TypeError: request has no method: pass the request itself, not its headers or a framework's context",
        "headers none": "TypeError: headers must be a Fetch Headers or Node's headers",
        "isRevoked not a function": "TypeError: isRevoked must be a function",
        "isRevoked with a row": "TypeError: the result of isRevoked must be true or false",
        "maxAge in milliseconds": "RangeError: maxAge is over 86400 seconds: write it with a unit, as in '1h' or '7d'",
        "maxAge of 401 days": "RangeError: maxAge must be above 0 and at most 400 days: browsers keep no cookie longer",
        "maxAge wrong": "TypeError: maxAge must be a non-negative number of seconds, or a string such as '15m', '12h' or '7d'",
        "maxAge zero": "RangeError: maxAge must be above 0 and at most 400 days: browsers keep no cookie longer",
        "name before the token, tokenCookie": "TypeError: options must be a plain object: pass the token first, then { cookie: … }",
        "option algorithms": "TypeError: unknown option algorithms: HS256 is the only algorithm",
        "option aud": "TypeError: unknown option aud: use audience in verify",
        "option cookieName": "TypeError: unknown option cookieName: use cookie",
        "option credentialsRequired": "TypeError: unknown option credentialsRequired: use optional, which means the opposite",
        "option expires, tokenCookie": "TypeError: unknown option expires: use expiresIn for a token, and maxAge for a cookie",
        "option iss": "TypeError: unknown option iss: use issuer in verify",
        "option leeway": "TypeError: unknown option leeway: use clockTolerance in verify",
        "option maxAge, clearTokenCookie": "TypeError: unknown option maxAge: the cookie expires at once",
        "option name": "TypeError: unknown option name: use cookie",
        "option of verify": "TypeError: unknown option audience: move it into verify",
        "option undefined, tokenCookie": "TypeError: domain is undefined: leave it out, or set the environment variable it comes from",
        "option unknown, authenticate": "TypeError: unknown option optionl: the options are verify, optional, isRevoked, realm, cookie, sources, trustedOrigins",
        "option unknown, challenge": "TypeError: unknown option error: the options are realm, scope",
        "option unknown, isCrossOrigin": "TypeError: unknown option origins: the options are trustedOrigins",
        "option unknown, readTokens": "TypeError: unknown option cookies: the options are cookie, sources",
        "option unknown, tokenCookie": "TypeError: unknown option signed: the options are cookie, domain, path, secure, httpOnly, sameSite, partitioned, now, maxAge",
        "optional not a boolean": "TypeError: optional must be true or false",
        "path wrong": "TypeError: path must be a path that starts with '/', without ; or spaces",
        "rawHeaders null": "TypeError: rawHeaders is null: pass names and values in turn",
        "realm with quotes": "TypeError: realm must be printable ASCII without quotes or backslashes",
        "realm with quotes, in a challenge": "TypeError: realm must be printable ASCII without quotes or backslashes",
        "remember in authenticate": "TypeError: unknown option remember: pass it to createGuard",
        "request null": "TypeError: request is null: pass the request itself, not its headers or a framework's context",
        "request without a method": "TypeError: request has no method: pass the request itself, not its headers or a framework's context",
        "sameSite wrong": "TypeError: sameSite must be 'Strict', 'Lax' or 'None'",
        "scope with quotes": "TypeError: scope must be a space-separated list of scopes in printable ASCII, without quotes or backslashes",
        "scope with two spaces": "TypeError: scope must be a space-separated list of scopes in printable ASCII, without quotes or backslashes",
        "secure missing": "TypeError: secure must be true with a __ prefix, sameSite None or partitioned",
        "sources none": "TypeError: sources must be a non-empty string or a non-empty list of such strings",
        "sources unknown": "TypeError: sources must be 'cookie', 'bearer', or both",
        "token expired": "RangeError: token has expired",
        "trustedOrigins one string": "TypeError: trustedOrigins must be a list of origins such as 'https://app.example', in lower case, without a path or a default port",
        "trustedOrigins with a path": "TypeError: trustedOrigins must be a list of origins such as 'https://app.example', in lower case, without a path or a default port",
      }
    `)
  })

  it('of an answer stand in its body and its challenge', async () => {
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
      "cross-origin": "403 - {"error":"cross_origin","message":"the cookie is not accepted on a cross-origin request"}",
      "expired": "401 Bearer realm="jwt", error="invalid_token", error_description="token has expired (exp)" {"error":"token_expired","message":"token has expired (exp)"}",
      "forbidden": "403 Bearer realm="jwt", scope="a", error="insufficient_scope" {"error":"insufficient_scope","message":"the token does not allow this"}",
      "missing": "401 Bearer realm="jwt" {"error":"missing_token","message":"the token is missing or ambiguous"}",
      "revoked": "401 Bearer realm="jwt", error="invalid_token", error_description="token is revoked" {"error":"invalid_token","message":"token is revoked"}",
    }
  `)
  })

  it('name the reason why a token is rejected', async () => {
    expect(await messagesOf(REJECTIONS)).toMatchInlineSnapshot(`
      {
        "Bearer before another string": "JwtMalformedError: token begins with Bearer: pass only what follows it",
        "Bearer before the token": "JwtMalformedError: token begins with Bearer: pass only what follows it",
        "HS384": "JwtAlgorithmError: token's alg is not HS256 but HS384: set HS256 in the issuer",
        "HS512": "JwtAlgorithmError: token's alg is not HS256 but HS512: set HS256 in the issuer",
        "alg not a string": "JwtMalformedError: token header's alg is not a string",
        "another MAC": "JwtSignatureError: token signature does not match",
        "another alg": "JwtAlgorithmError: token's alg is not HS256",
        "another kid": "JwtKeyNotFoundError: no key matches the token",
        "aud another": "JwtClaimError: token has an unexpected aud",
        "aud missing": "JwtClaimError: token has no aud",
        "aud not an audience": "JwtClaimError: aud must be a string or a list of strings",
        "aud unexpected": "JwtClaimError: token has an aud: set the audience option",
        "b64": "JwtMalformedError: token header has b64, which is not supported",
        "crit": "JwtMalformedError: token header has crit, which is not supported",
        "cty JWT": "JwtMalformedError: token is nested (cty: JWT), which is not supported",
        "cty not a string": "JwtMalformedError: token header's cty is not a string",
        "exp missing": "JwtClaimError: token has no exp: set requireExp to false to accept it",
        "exp not a time": "JwtClaimError: exp must be a number of seconds (not milliseconds, not a string)",
        "exp past": "JwtExpiredError: token has expired (exp)",
        "four segments": "JwtMalformedError: token does not have three segments",
        "header not an object": "JwtMalformedError: token header is not a JSON object",
        "header not base64url": "JwtMalformedError: token segment 1 is not base64url",
        "header without alg": "JwtMalformedError: token header has no alg",
        "iat early": "JwtNotYetValidError: token is not valid yet (iat)",
        "iat not a time": "JwtClaimError: iat must be a number of seconds (not milliseconds, not a string)",
        "iss another": "JwtClaimError: token has an unexpected iss",
        "iss missing": "JwtClaimError: token has no iss",
        "iss not a string": "JwtClaimError: iss must be a string",
        "jti not a string": "JwtClaimError: jti must be a string",
        "key function finds none": "JwtKeyNotFoundError: no key matches the token",
        "kid not a string": "JwtMalformedError: token header's kid is not a string",
        "maxAge past": "JwtExpiredError: token has expired (iat)",
        "maxAge without iat": "JwtClaimError: token has no iat",
        "nbf early": "JwtNotYetValidError: token is not valid yet (nbf)",
        "nbf not a time": "JwtClaimError: nbf must be a number of seconds (not milliseconds, not a string)",
        "not ASCII": "JwtMalformedError: token is not ASCII",
        "not a string": "JwtMalformedError: token is not a string",
        "number of 2^53": "JwtClaimError: user has a number of 2^53 or more, which JavaScript rounds: have the issuer write identifiers as strings",
        "number of 2^53 in the header": "JwtMalformedError: token header has a number of 2^53 or more, which JavaScript rounds: have the issuer write identifiers as strings",
        "number of 2^53, not verified": "JwtClaimError: id has a number of 2^53 or more, which JavaScript rounds: have the issuer write identifiers as strings",
        "one segment": "JwtMalformedError: token does not have three segments",
        "payload not an object": "JwtMalformedError: token payload is not a JSON object",
        "payload not base64url": "JwtMalformedError: token segment 2 is not base64url",
        "required missing": "JwtClaimError: token has no role",
        "schema rejects": "JwtClaimError: claims do not match the schema",
        "signature not base64url": "JwtMalformedError: token segment 3 is not base64url",
        "signature short": "JwtMalformedError: token signature is not 43 characters",
        "string in quotes": "JwtMalformedError: token is in quotes: remove them, or parse the JSON it came in",
        "sub another": "JwtClaimError: token has an unexpected sub",
        "sub not a string": "JwtClaimError: sub must be a string",
        "token in quotes": "JwtMalformedError: token is in quotes: remove them, or parse the JSON it came in",
        "too long": "JwtMalformedError: token is too long",
        "two segments": "JwtMalformedError: token does not have three segments",
        "typ another": "JwtClaimError: token has an unexpected typ",
        "typ missing": "JwtClaimError: token has no typ",
        "typ not a string": "JwtMalformedError: token header's typ is not a string",
      }
    `)
  })

  it('are each one sentence in lower case, without a full stop', async () => {
    const tables = await Promise.all([MISTAKES, HTTP_MISTAKES, REJECTIONS].map(messagesOf))
    for (const message of tables.flatMap((table) => Object.values(table))) {
      expect(message).toMatch(/^(TypeError|RangeError|Jwt\w+Error): (?:[a-z]|Web Crypto)[^\n]*[^.\s]$/)
    }
  })
})
