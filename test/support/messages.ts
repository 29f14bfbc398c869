/** Every message of the library, word for word, with calls that throw it. */
import * as core from 'hs256'
import * as http from 'hs256/http'
import { base64url } from './bytes.ts'
import * as engine from './engine.ts'
import { forge, SECRET, segmentOf } from './forge.ts'
import { schemaOf } from './schemas.ts'
import { withoutSubtle } from './web-crypto.ts'

type Call = () => unknown

/** The functions as JavaScript calls them: unchecked. */
type Unchecked = (...args: readonly unknown[]) => unknown
const doors = { ...core, ...http, ...engine } as unknown as Readonly<Record<keyof typeof core | keyof typeof http, Unchecked>>
const { createKey, createSigner, createVerifier, decodeUnverified, generateSecret, secondsLeft, sign, verify } = doors
const { authenticate, challenge, clearTokenCookie, createGuard, forbidden, isCrossOrigin, readTokens, tokenCookie, unauthorized } = doors

const K = base64url(SECRET)
const key = createKey(SECRET)
const valid = forge()
const HOUR = { expiresIn: '1h' }
const tokenOf = (claims: object): string => forge({ exp: 4_000_000_000, ...claims })
const tagged = (tag: string, members: object = {}): object => ({ [Symbol.toStringTag]: tag, ...members })
const callback = (): unknown => undefined

/** Makes a function that makes a call for each of its arguments. */
const calls =
  (call: Unchecked) =>
  (...values: readonly unknown[]): readonly Call[] =>
    values.map((value) => () => call(value))

const secrets = calls((secret) => createKey(secret))
const jwks = calls((members) => createKey({ kty: 'oct', k: K, ...(members as object) }))
const claims = calls((payload) => sign(payload, key, HOUR))
const values = calls((x) => sign({ x }, key, HOUR))
const signing = calls((options) => sign({}, key, { ...HOUR, ...(options as object) }))
const signingWith = calls((signer) => sign({}, signer, HOUR))
const headers = calls((header) => sign({}, key, { ...HOUR, header }))
const verifying = calls((options) => verify(valid, key, options))
const keys = calls((list) => verify(valid, list))
const tokens = calls((token) => verify(token, key))
const verifiedClaims = calls((payload) => verify(tokenOf(payload as object), key))
const verifiedHeaders = calls((header) => verify(forge(undefined, { alg: 'HS256', ...(header as object) }), key))
const reading = calls((given) => readTokens(given))
const requests = calls((request) => authenticate(request, key))
const guarding = calls((options) => authenticate({ method: 'GET', headers: { authorization: `Bearer ${valid}` } }, key, options))
const cookies = calls((options) => tokenCookie(valid, options))

const schema = schemaOf((value) => ({ value }))
const ofStrings = schemaOf((value) => (typeof value === 'string' ? { value } : { issues: [{ message: 'not a string' }] }))

const BIG = { id: 2 ** 53 }
const CYCLE: Record<string, unknown> = {}
CYCLE['self'] = CYCLE

/** An object in an object, and so on. */
function nested(levels: number): object {
  let inner = {}
  for (let level = 0; level < levels; level++) inner = { inner }
  return inner
}

const hmacKey = (bytes: number, hash = 'SHA-256'): Promise<unknown> =>
  crypto.subtle.importKey('raw', new Uint8Array(bytes), { name: 'HMAC', hash }, false, ['sign'])

type Messages = Readonly<Record<string, readonly (Call | readonly Call[])[]>>

/** Each message, and calls that throw it; here as a `TypeError`. */
const TYPE_ERRORS: Messages = {
  'secret is undefined: is the environment variable set?': secrets(undefined),
  'secret must be a well-formed string, a byte array, a CryptoKey, a KeyObject, or a JWK': secrets(null, `${SECRET}\uD800`),
  'secret looks like a PEM file, an SSH key or the text of a JWK: pass a shared secret, or the JWK as an object': secrets(
    '-----BEGIN PUBLIC KEY-----',
    `{"kty":"oct","k":"${K}"}`,
  ),
  'secret has white space or a BOM at an end: trim it if the other side does so; otherwise pass its bytes, new TextEncoder().encode(secret)':
    secrets(`${SECRET}\n`, `\uFEFF${SECRET}`),
  'secret is in quotes: remove them if the other side does so; otherwise pass its bytes, new TextEncoder().encode(secret)': secrets(
    `"${SECRET}"`,
  ),
  'secret contains a control character such as a line break: remove it if the other side does so; otherwise pass its bytes, new TextEncoder().encode(secret)':
    secrets(`${SECRET}\n${SECRET}`),
  'secret is a JSON object: pass the secret inside it, or all of its bytes': secrets(`{"key":"${SECRET}"}`),
  'secret contains U+FFFD: binary data was read as text, so pass the bytes': secrets(`${SECRET}\uFFFD`),
  'the CryptoKey must be for HMAC with SHA-256': [
    async () => createKey(await hmacKey(64, 'SHA-512')),
    secrets(tagged('CryptoKey', { algorithm: { name: 'HMAC' } })),
  ],
  'the KeyObject must be of type secret': secrets(tagged('KeyObject', { type: 'public' })),
  'the JWK must have kty oct; its alg must be HS256 and its use sig, if present': [
    secrets({ kty: 'RSA' }, { k: K }),
    jwks({ alg: 'HS512' }, { use: 'enc' }),
  ],
  "the JWK's key_ops must be a list that includes sign or verify": jwks({ key_ops: ['encrypt'] }, { key_ops: 'sign' }),
  "the JWK's k must be base64url without padding": [jwks({ k: `${K}=` }), secrets({ kty: 'oct' })],
  "the JWK's kid must be a non-empty string": jwks({ kid: 5 }, { kid: '' }),
  'kid must be a non-empty string': [() => createKey(SECRET, { kid: '' })],
  'key must be made by createKey': [
    keys(SECRET, { kid: 'a', secret: SECRET }, () => SECRET),
    signingWith(null),
    () => verify(valid, () => null),
  ],
  'key is from another copy of hs256 (a bundle, a hot reload, a test reset, CommonJS mixed with ES modules) or another thread: share the secret, not the key, and call createKey where the key is used':
    keys(tagged('JwtKey', { kid: undefined }), [key, tagged('JwtKey', { kid: undefined })], structuredClone(key)),
  'key is not allowed to sign: its key_ops or usages exclude it': signingWith(createKey({ kty: 'oct', k: K, key_ops: ['verify'] })),
  'key is not allowed to verify: its key_ops or usages exclude it': keys(createKey({ kty: 'oct', k: K, key_ops: ['sign'] })),
  'keys must be a key or a list of 1 to 16 keys': keys([], Array.from({ length: 17 }).fill(key), () => []),
  'two keys have the same kid: give each its own': keys([createKey(SECRET, { kid: 'a' }), createKey(SECRET, { kid: 'a' })]),
  'options must be a plain object such as { issuer: … }': verifying(null),
  'options must be a plain object such as { kid: … }': [() => createKey(SECRET, 'k1')],
  'options must be a plain object such as { expiresIn: … }': [() => sign({}, key, '1h')],
  'options must be a plain object: pass the token first, then { cookie: … }': [() => tokenCookie('jwt', valid)],
  'callbacks are not supported: await the promise, or use the return value': [
    verifying(callback),
    () => verify(valid, key, {}, callback),
    () => generateSecret(callback),
    () => authenticate({ method: 'GET', headers: {} }, key, {}, callback),
  ],
  'unknown option secret: the options are kid': [() => createKey(SECRET, { secret: 1 })],
  'unknown option iat: the options are expiresIn, notBefore, type, header, now': signing({ iat: 5 }),
  'unknown option verify_aud: the options are issuer, audience, ignoreAudience, subject, type, required, requireExp, maxAge, clockTolerance, maxLength, now, schema, allowMistyped':
    verifying({ verify_aud: true }),
  'unknown option clock: the options are now': [() => secondsLeft(decodeUnverified(valid), { clock: 1 })],
  'unknown option a: the options are verify, optional, isRevoked, realm, cookie, sources, trustedOrigins': guarding({ a: 1 }),
  'unknown option cookies: the options are cookie, sources': [() => readTokens({}, { cookies: 'jwt' })],
  'unknown option origins: the options are trustedOrigins': [() => isCrossOrigin('POST', {}, { origins: [] })],
  'unknown option error: the options are realm, scope': [() => challenge(undefined, { error: 'x' })],
  'unknown option a: the options are cookie, domain, path, secure, httpOnly, sameSite, partitioned, now, maxAge': cookies({ a: 1 }),
  'unknown option maxAge: the cookie expires at once': [() => clearTokenCookie({ maxAge: 5 })],
  'issuer is undefined: leave it out, or set the environment variable it comes from': verifying({ issuer: undefined }),
  'domain is undefined: leave it out, or set the environment variable it comes from': cookies({ domain: undefined }),
  'subject must be a non-empty string': verifying({ subject: '' }),
  'issuer must be a non-empty string or a non-empty list of such strings': verifying({ issuer: ['a', ''] }),
  'audience must be a non-empty string or a non-empty list of such strings': verifying({ audience: [] }),
  'sources must be a non-empty string or a non-empty list of such strings': guarding({ sources: [] }),
  'requireExp must be true or false': verifying({ requireExp: 'false' }),
  "maxAge must be a non-negative number of seconds, or a string such as '15m', '12h' or '7d'": verifying({ maxAge: '15 minutes' }),
  "expiresIn is a Date: pass a duration such as '1h', or set exp or nbf in the claims": signing({ expiresIn: new Date() }),
  "notBefore is a Temporal.Instant: pass a duration such as '1h', or set exp or nbf in the claims": signing({
    notBefore: tagged('Temporal.Instant'),
  }),
  "maxAge is a Date: pass a duration such as '1h', or set exp or nbf in the claims": cookies({ maxAge: new Date() }),
  "clockTolerance is a Date: pass a duration such as '1h', or set exp or nbf in the claims": verifying({ clockTolerance: new Date() }),
  'maxLength must be a positive integer': verifying({ maxLength: 0 }),
  'remember must be 0, or an integer from 4096 to 2^30: a number of characters': [() => createVerifier(key, { remember: 1 })],
  'now must be a function that returns a valid Date or Temporal.Instant': [
    verifying({ now: new Date() }, { now: Date.now }, { now: () => tagged('Temporal.Instant', { epochMilliseconds: NaN }) }),
    signing({ now: () => new Date(NaN) }, { now: () => tagged('Temporal.Instant', { epochMilliseconds: NaN }) }),
  ],
  'schema must be a Standard Schema v1': verifying({ schema: {} }, { schema: Promise.resolve(schema) }),
  'schema must be for objects: this one rejects every token': verifying({ schema: ofStrings }),
  "the schema's output must be a plain object": verifying({ schema: schemaOf(() => ({ value: 5 })) }),
  'allowMistyped needs a schema: only the schema sees such a claim': verifying({ allowMistyped: ['sub'] }),
  "allowMistyped must be a list of 'iss', 'sub', 'iat' or 'jti'": verifying({ allowMistyped: ['exp'], schema }),
  'allowMistyped cannot contain sub: another option requires it': verifying({ allowMistyped: ['sub'], subject: 'u1', schema }),
  'allowMistyped cannot contain jti: another option requires it': verifying({ allowMistyped: ['jti'], required: 'jti', schema }),
  'ignoreAudience cannot be combined with audience': verifying({ audience: 'a', ignoreAudience: true }),
  'token is a Promise: await it': [tokens(Promise.resolve(valid)), () => decodeUnverified(Promise.resolve(valid))],
  "expiresIn is required: a lifetime such as '1h', or 'never'": [() => sign({}, key, {})],
  'expiresIn cannot be combined with an exp claim: to renew a token, leave exp out of the claims': claims({ exp: 5 }),
  "expiresIn is undefined: pass a lifetime such as '1h' or 'never', or set the environment variable it comes from": [
    signing({ expiresIn: undefined }),
    () => createSigner(key, { expiresIn: undefined }),
  ],
  "expiresIn must be a non-negative number of seconds, or a string such as '15m', '12h' or '7d'": signing({ expiresIn: '1.5h' }),
  'notBefore cannot be combined with an nbf claim': [() => sign({ nbf: 5 }, key, { ...HOUR, notBefore: 5 })],
  'header cannot contain alg: it is always HS256': headers({ alg: 'x' }),
  'header cannot contain kid: pass it to createKey': headers({ kid: 'x' }),
  'header cannot contain typ: use the type option': headers({ typ: 'x' }),
  ...Object.fromEntries(
    ['jku', 'jwk', 'x5u', 'x5c', 'x5t', 'x5t#S256', 'crit', 'b64'].map((name) => [
      `header cannot contain ${name}: it is not supported`,
      headers({ [name]: 'x' }),
    ]),
  ),
  'header.cty cannot be JWT: a token in a token is not supported': headers(...['JWT', 'jwt', 'Application/JWT'].map((cty) => ({ cty }))),
  'header.cty must be a string': headers({ cty: 5 }),
  'header must be a plain object': headers(['alg']),
  'header.self contains itself, which JSON cannot represent': headers(CYCLE),
  'header.n is a bigint, which JSON cannot represent: write it as a string': headers({ n: 5n }),
  'header.n is a number of 2^53 or more, which JavaScript rounds: write it as a string': headers({ n: 2 ** 53 }),
  'claims must be a plain object such as { sub: user.id }, not an Array': claims([]),
  'claims must be a plain object such as { sub: user.id }, not undefined': claims(undefined),
  'claims must be a plain object such as { sub: user.id }, not a Promise': claims(Promise.resolve({})),
  'claims must be a plain object such as { sub: user.id }, not a class instance': claims(new (class Row {})()),
  'claims.user.ids.1 is a number of 2^53 or more, which JavaScript rounds: write it as a string': claims({ user: { ids: [1, 2 ** 53] } }),
  'claims.user.groups.1 is not a finite number, which JSON cannot represent': claims({ user: { groups: ['a', NaN] } }),
  'claims.self.self contains itself, which JSON cannot represent': claims(CYCLE),
  'claims.x is a number of 2^53 or more, which JavaScript rounds: write it as a string': values(2 ** 53, { toJSON: () => -(2 ** 53) }),
  'claims.x is not a finite number, which JSON cannot represent': values(NaN, Infinity, -Infinity),
  'claims.x is a bigint, which JSON cannot represent: write it as a string': values(5n),
  'claims.x is a function, which JSON cannot represent': values(Math.abs, Object.assign(Math.abs.bind(null), tagged('Object'))),
  'claims.x is a symbol, which JSON cannot represent': values(Symbol('s')),
  'claims.x is undefined, which JSON cannot represent': values({ toJSON: () => undefined }),
  'claims.x.0 is undefined, which JSON cannot represent': values([undefined], Object.assign([], { 1: 'a' })),
  'claims.x is an invalid Date, which JSON cannot represent': values(new Date(NaN)),
  'claims.x is a Map, which JSON cannot represent': values(new Map()),
  'claims.x is a Set, which JSON cannot represent': values(new Set()),
  'claims.x is an Error, which JSON cannot represent': values(new Error('e')),
  'claims.x is a RegExp, which JSON cannot represent': values(/r/),
  'claims.x is a Uint8Array, which JSON cannot represent': values(new Uint8Array(2)),
  'claims.x is an ArrayBuffer, which JSON cannot represent': values(new ArrayBuffer(2)),
  'claims.x is a Promise, which JSON cannot represent: await it': values(Promise.resolve()),
  'claims.x is an Item, which JSON cannot represent': values(tagged('Item')),
  'claims.x.inner.self contains itself, which JSON cannot represent': values({ inner: CYCLE }),
  'sub must be a string': claims({ sub: 5 }, { sub: undefined }),
  'nbf must be a number of seconds (not milliseconds, not a string)': claims({ nbf: '5' }),
  'iat must be a number of seconds (not milliseconds, not a string)': claims({ iat: 1_767_225_600_000 }, { iat: '1700000000' }),
  'aud must be a string or a list of strings': claims({ aud: [5] }, { aud: Object.assign(['a'], { toJSON: () => [5] }) }),
  'jwt must be the result of verify or decodeUnverified': [() => secondsLeft(valid), () => secondsLeft(undefined)],
  'exp must be a number of seconds': [() => secondsLeft({ claims: { exp: new Date() } })],
  'Web Crypto is missing: use https, localhost or a newer runtime': [
    async () => withoutSubtle(async () => core.sign({}, key as never, { expiresIn: '1h' })),
    async () => withoutSubtle(generateSecret as () => unknown),
  ],
  "headers must be a Fetch Headers or Node's headers": reading(undefined, new Map(), new Request('https://orders.example')),
  'header cookie must be a string': reading({ cookie: 5 }),
  "request has no method: pass the request itself, not its headers or a framework's context": [
    requests({ method: null, headers: {} }, { authorization: `Bearer ${valid}` }, new Headers(), { req: {}, res: {} }),
  ],
  "request is null: pass the request itself, not its headers or a framework's context": requests(null),
  "request is undefined: pass the request itself, not its headers or a framework's context": requests(undefined),
  'rawHeaders is null: pass names and values in turn': requests({ method: 'GET', headers: {}, rawHeaders: null }),
  'cookie must be a cookie name: letters, digits, - _ . or other characters of an RFC 9110 token': guarding({ cookie: 'jwt=' }),
  "sources must be 'cookie', 'bearer', or both": guarding({ sources: ['query'] }),
  "trustedOrigins must be a list of origins such as 'https://app.example', in lower case, without a path or a default port": [
    guarding({ trustedOrigins: 'https://app.example' }),
    () => isCrossOrigin('POST', {}, { trustedOrigins: ['https://app.example/'] }),
  ],
  'realm must be printable ASCII without quotes or backslashes': [guarding({ realm: '"' }), () => challenge(undefined, { realm: '"' })],
  'scope must be a space-separated list of scopes in printable ASCII, without quotes or backslashes': [() => forbidden({ scope: '"' })],
  'error must be a JwtError': [() => challenge(new Error('x')), () => unauthorized(new Error('x'))],
  'optional must be true or false': guarding({ optional: 'true' }),
  'isRevoked must be a function': guarding({ isRevoked: true }),
  'the result of isRevoked must be true or false': guarding({ isRevoked: () => ({ id: 1 }) }),
  "domain must be a host name in ASCII, such as 'example.com'": cookies({ domain: 'https://example.com' }),
  "path must be a path that starts with '/', without ; or spaces": cookies({ path: 'app' }),
  "sameSite must be 'Strict', 'Lax' or 'None'": cookies({ sameSite: 'all' }),
  'secure must be true with a __ prefix, sameSite None or partitioned': [
    cookies({ secure: false, sameSite: 'None' }, { cookie: '__Host-jwt', secure: false }),
  ],
  'a __Host- cookie cannot have a domain or a path other than /': [
    cookies({ cookie: '__Host-jwt', domain: 'example.com' }, { cookie: '__Host-jwt', path: '/app' }),
  ],
  'httpOnly must be true with the prefix __Http- or __Host-Http-': cookies({ cookie: '__Http-jwt', httpOnly: false }),
}

const RANGE_ERRORS: Messages = {
  'secret has 31 bytes; HS256 needs at least 32 (RFC 7518 §3.2): make one with generateSecret()': [
    secrets('x'.repeat(31)),
    async () => createKey(await hmacKey(31)),
  ],
  'secret has 3 bytes; HS256 needs at least 32 (RFC 7518 §3.2): make one with generateSecret()': jwks({ k: 'AAAA' }),
  "expiresIn is over 86400 seconds: write it with a unit, as in '1h' or '7d'": signing({ expiresIn: 3_600_000 }),
  "notBefore is over 86400 seconds: write it with a unit, as in '1h' or '7d'": signing({ notBefore: 3_600_000 }),
  "maxAge is over 86400 seconds: write it with a unit, as in '1h' or '7d'": [
    verifying({ maxAge: 3_600_000 }),
    cookies({ maxAge: 900_000 }),
  ],
  'maxAge must be above 0 and at most 400 days: browsers keep no cookie longer': cookies({ maxAge: 0 }, { maxAge: '401d' }),
  "clockTolerance must be at most 600 seconds: write 30 or '30s', not milliseconds": verifying({ clockTolerance: 90_000 }),
  "expiresIn must be at least 1 second, or 'never'": signing(...[0, '0s', 0.5, 0.999].map((expiresIn) => ({ expiresIn }))),
  'a value is nested more than 1000 levels deep: flatten it': claims(nested(1001), nested(100_000)),
  'token has 93471 characters; at most 65536 are allowed: put less in the claims': claims({ a: 'x'.repeat(70_000) }),
  'token has expired': [() => tokenCookie(tokenOf({ exp: 5 }))],
  'cookie has 5435 bytes; browsers keep at most 4096: put less in the claims': [() => tokenCookie(tokenOf({ a: 'x'.repeat(4000) }))],
}

const HEADER = segmentOf({ alg: 'HS256' })
const MALFORMED: Messages = {
  'token is not a string': tokens(undefined, { token: valid }),
  'token is too long': verifying({ maxLength: 5 }),
  'token does not have three segments': tokens('a', 'a.b', 'a.b.c.d', valid.replace(/\.[^.]*$/, '')),
  'token is not ASCII': tokens('a.b.ç'),
  'token segment 1 is not base64url': tokens('=.b.c'),
  'token segment 2 is not base64url': tokens(`${HEADER}.=.c`),
  'token segment 3 is not base64url': tokens(`${HEADER}.e30.=`),
  'token signature is not 43 characters': tokens(`${HEADER}.e30.AA`),
  'token header is not a JSON object': tokens(forge(undefined, [])),
  'token header has no alg': tokens(forge(undefined, {})),
  "token header's alg is not a string": verifiedHeaders({ alg: 5 }),
  "token header's kid is not a string": verifiedHeaders({ kid: 5 }),
  "token header's typ is not a string": verifiedHeaders({ typ: 5 }),
  "token header's cty is not a string": verifiedHeaders({ cty: 5 }),
  'token header has crit, which is not supported': verifiedHeaders({ crit: ['exp'] }),
  'token header has b64, which is not supported': verifiedHeaders({ b64: false }),
  'token is nested (cty: JWT), which is not supported': verifiedHeaders({ cty: 'JWT' }),
  'token payload is not a JSON object': tokens(forge([])),
  'token begins with Bearer: pass only what follows it': tokens(`Bearer ${valid}`, 'bearer abc'),
  'token is in quotes: remove them, or parse the JSON it came in': tokens(`"${valid}"`, "'abc'"),
  'token header has a number of 2^53 or more, which JavaScript rounds: have the issuer write identifiers as strings': verifiedHeaders(BIG),
}

const CLAIM: Messages = {
  'user has a number of 2^53 or more, which JavaScript rounds: have the issuer write identifiers as strings': verifiedClaims({ user: BIG }),
  'exp must be a number of seconds (not milliseconds, not a string)': verifiedClaims({ exp: '5' }),
  'nbf must be a number of seconds (not milliseconds, not a string)': verifiedClaims({ nbf: '5' }),
  'iat must be a number of seconds (not milliseconds, not a string)': verifiedClaims({ iat: 1_767_225_600_000 }, { iat: '1700000000' }),
  'iss must be a string': verifiedClaims({ iss: 5 }, { iss: null }),
  'sub must be a string': verifiedClaims({ sub: 5 }),
  'jti must be a string': verifiedClaims({ jti: 5 }),
  'aud must be a string or a list of strings': verifiedClaims({ aud: [5] }),
  'token has no exp: set requireExp to false to accept it': tokens(forge({})),
  'token has no iat': verifying({ maxAge: '1h' }),
  'token has no iss': verifying({ issuer: 'a' }),
  'token has an unexpected iss': [() => verify(tokenOf({ iss: 'b' }), key, { issuer: 'a' })],
  'token has no aud': verifying({ audience: 'a' }),
  'token has an unexpected aud': [() => verify(tokenOf({ aud: 'b' }), key, { audience: 'a' })],
  'token has an aud: set the audience option': verifiedClaims({ aud: 'b' }),
  'token has an unexpected sub': [() => verify(tokenOf({ sub: 'b' }), key, { subject: 'a' })],
  'token has no typ': verifying({ type: 'JWT' }),
  'token has an unexpected typ': [() => verify(forge(undefined, { alg: 'HS256', typ: 'b' }), key, { type: 'a' })],
  'token has no role': verifying({ required: 'role' }),
  'claims do not match the schema': verifying({ schema: schemaOf(() => ({ issues: [{ message: 'm' }] })) }),
}

export const MESSAGES: Readonly<Record<string, Messages>> = {
  TypeError: TYPE_ERRORS,
  RangeError: RANGE_ERRORS,
  JwtMalformedError: MALFORMED,
  JwtAlgorithmError: {
    "token's alg is not HS256": verifiedHeaders({ alg: 'none' }, { alg: 'RS256' }),
    "token's alg is not HS256 but HS384: set HS256 in the issuer": verifiedHeaders({ alg: 'HS384' }),
    "token's alg is not HS256 but HS512: set HS256 in the issuer": verifiedHeaders({ alg: 'HS512' }),
  },
  JwtKeyNotFoundError: {
    'no key matches the token': [
      keys(() => undefined),
      () => verify(forge(undefined, { alg: 'HS256', kid: 'a' }), createKey(SECRET, { kid: 'b' })),
    ],
  },
  JwtSignatureError: { 'token signature does not match': keys(createKey(`${SECRET}!`)) },
  JwtClaimError: CLAIM,
  JwtExpiredError: {
    'token has expired (exp)': verifiedClaims({ exp: 5 }),
    'token has expired (iat)': [() => verify(tokenOf({ iat: 5 }), key, { maxAge: '1h' })],
  },
  JwtNotYetValidError: {
    'token is not valid yet (nbf)': verifiedClaims({ nbf: 3_900_000_000 }),
    'token is not valid yet (iat)': verifiedClaims({ iat: 3_900_000_000 }),
  },
}

/** Every function that takes options of its own, with such options. */
export const TAKING = {
  createKey: (options: object) => createKey(SECRET, options),
  sign: (options: object) => sign({}, key, { ...HOUR, ...options }),
  createSigner: (options: object) => createSigner(key, { ...HOUR, ...options }),
  verify: (options: object) => verify(valid, key, options),
  createVerifier: (options: object) => createVerifier(key, options),
  'createGuard’s verify': (options: object) => createGuard(key, { verify: options }),
  secondsLeft: (options: object) => secondsLeft(decodeUnverified(valid), options),
  createGuard: (options: object) => createGuard(key, options),
  authenticate: (options: object) => authenticate({ method: 'GET', headers: {} }, key, options),
  readTokens: (options: object) => readTokens({}, options),
  tokenCookie: (options: object) => tokenCookie(valid, options),
  clearTokenCookie: (options: object) => clearTokenCookie(options),
} as const
type Taking = keyof typeof TAKING

const EVERYWHERE = (Object.keys(TAKING) as Taking[]).filter((name) => name !== 'clearTokenCookie')
const SIGNING = ['sign', 'createSigner'] as const
const GUARDING = ['createGuard', 'authenticate'] as const
const VERIFYING = ['verify', 'createVerifier', 'createGuard’s verify'] as const

/** What functions say about options that are unknown to them: the advice, the functions, and the options. */
export const ADVICE: readonly (readonly [advice: string, functions: readonly Taking[], options: string])[] = [
  ['HS256 is the only algorithm', EVERYWHERE, 'algorithm algorithms'],
  ['catch JwtExpiredError; only the MAC of its claims was checked', EVERYWHERE, 'ignoreExpiration'],
  ['pass kid to createKey', EVERYWHERE, 'keyid'],
  ['pass kid to createKey', SIGNING, 'kid'],
  ['put aud in the claims', SIGNING, 'aud audience'],
  ['put iss in the claims', SIGNING, 'iss issuer'],
  ['put sub in the claims', SIGNING, 'sub subject'],
  ['iat is always set', SIGNING, 'noTimestamp'],
  ['use expiresIn', SIGNING, 'exp'],
  ['use expiresIn for a token, and maxAge for a cookie', [...SIGNING, 'tokenCookie'], 'expires'],
  ['to sign, put jti in the claims; after verify, compare claims.jti', [...SIGNING, ...VERIFYING], 'jwtid'],
  ['to sign, put jti in the claims; after verify, compare claims.jti', VERIFYING, 'jti'],
  ['use now', [...SIGNING, ...VERIFYING, 'secondsLeft'], 'clockTimestamp currentDate'],
  ['use type', [...SIGNING, ...VERIFYING], 'typ'],
  ['use audience', VERIFYING, 'aud'],
  ['use clockTolerance', VERIFYING, 'clockSkew leeway'],
  ['use issuer', VERIFYING, 'iss'],
  ['use maxAge', VERIFYING, 'maxTokenAge'],
  ['use required', VERIFYING, 'requiredClaims'],
  ['use subject', VERIFYING, 'sub'],
  ['the result always has the header', VERIFYING, 'complete'],
  ['use remember', ['createVerifier', 'createGuard'], 'cache'],
  ['pass it to createVerifier, or to createGuard beside verify', ['verify'], 'remember'],
  ['pass it to createGuard', ['authenticate'], 'remember'],
  ['move it into verify', GUARDING, 'audience'],
  ['use optional, which means the opposite', GUARDING, 'credentialsRequired'],
  ['use audience in verify', GUARDING, 'aud'],
  ['use issuer in verify', GUARDING, 'iss'],
  ['use clockTolerance in verify', GUARDING, 'leeway'],
  ['use cookie', [...GUARDING, 'readTokens', 'tokenCookie'], 'cookieName name'],
  ['the options are kid', ['createKey'], 'typ leeway currentDate'],
  ['the options are now', ['secondsLeft'], 'typ leeway'],
  ['the options are expiresIn, notBefore, type, header, now', SIGNING, 'leeway maxTokenAge requiredClaims'],
]

/** The status, the challenge and the body of each answer. */
export const ANSWERS: Readonly<Record<string, Call>> = {
  '401 Bearer realm="jwt" {"error":"missing_token","message":"the token is missing or ambiguous"}': requests({
    method: 'GET',
    headers: {},
  })[0]!,
  '401 Bearer realm="jwt", error="invalid_token", error_description="token has expired (exp)" {"error":"token_expired","message":"token has expired (exp)"}':
    requests({ method: 'GET', headers: { authorization: `Bearer ${tokenOf({ exp: 5 })}` } })[0]!,
  '401 Bearer realm="jwt", error="invalid_token", error_description="token is revoked" {"error":"invalid_token","message":"token is revoked"}':
    guarding({ isRevoked: () => true })[0]!,
  '403 - {"error":"cross_origin","message":"the cookie is not accepted on a cross-origin request"}': requests({
    method: 'POST',
    headers: { cookie: `jwt=${valid}`, 'sec-fetch-site': 'cross-site' },
  })[0]!,
  '403 Bearer realm="jwt", scope="a", error="insufficient_scope" {"error":"insufficient_scope","message":"the token does not allow this"}':
    () => ({ response: forbidden({ scope: 'a' }) }),
}
