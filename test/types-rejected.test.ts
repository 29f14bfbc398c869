/** What does not compile: every line of a table, in every call that it is put into. types.test-d.ts has what does, and its types. */
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { ROOT } from './support/docs-pages.ts'

const PRELUDE = `
import { createSecretKey } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { createKey, createSigner, createVerifier, decodeUnverified, JwtError, secondsLeft, sign, verify } from 'hs256'
import type { Duration, JwtKey, NoExp, OwnExp, Signable, StandardSchema, UnverifiedJwt, VerifiedJwt, VerifyOptions } from 'hs256'
import { authenticate, challenge, clearTokenCookie, createGuard, forbidden, isCrossOrigin } from 'hs256/http'
import { readTokens, tokenCookie, tokenCookieParts, unauthorized, type AuthenticateOptions } from 'hs256/http'
import { createSignerSync, createVerifierSync, signSync, verifySync } from 'hs256/sync'
import { z } from 'zod'
import { requireJwt } from '../examples/adapters/fetch.ts'

declare const key: JwtKey, token: string, error: JwtError, verified: VerifiedJwt, unverified: UnverifiedJwt
declare const fetched: Request, incoming: IncomingMessage
interface User { readonly sub: string; readonly role: 'admin' | 'user'; readonly groups: readonly string[] }
declare const user: User, minutes: \`\${number}m\`
declare const instant: { readonly epochMilliseconds: number; readonly [Symbol.toStringTag]: 'Temporal.Instant' }
declare const zoned: { readonly epochMilliseconds: number; readonly [Symbol.toStringTag]: 'Temporal.ZonedDateTime' }
declare const trust: (jwt: VerifiedJwt) => unknown, show: (jwt: UnverifiedJwt) => unknown
declare const ofRole: (jwt: VerifiedJwt<{ readonly role: 'admin' | 'user' }>) => string
const Role = z.object({ role: z.enum(['admin', 'user']) })
const Optional = z.object({ role: z.enum(['admin', 'user']).optional() })
const Either = z.union([z.object({ user: z.string() }), z.object({ service: z.string() })])
const Id = z.object({ sub: z.number() })
const perhaps: VerifyOptions<typeof Role> = { issuer: 'https://auth.example' }
const issue = <Claims extends object>(claims: Signable<Claims> & NoExp): Promise<string> => sign(claims, key, { expiresIn: '1h' })
const issueSync = <Claims extends object>(claims: Signable<Claims> & NoExp): string => signSync(claims, key, { expiresIn: '1h' })
const issueOwn = <Claims extends object>(claims: Signable<Claims> & OwnExp): Promise<string> => sign(claims, key)
const check = <Schema extends StandardSchema>(token: string, schema: Schema) => verify(token, key, { issuer: 'a', schema })
`

/** A fact, the calls that have a place for a value, `_`, values that compile there, and values that do not. */
type Group = readonly [fact: string, calls: readonly string[], accepted: readonly string[], rejected: readonly string[]]

/** Values that stand apart by three spaces, or by lines. */
const each = ({ raw: [text = ''] }: TemplateStringsArray): readonly string[] => text.trim().split(/ {3,}|\n\s*/)

const SIGNING = each`sign({}, key, _)   signSync({}, key, _)   createSigner(key, _)   createSignerSync(key, _)`
const ISSUING = each`
  sign(_, key, HOUR)   sign(_, key, { expiresIn: 'never' })   signSync(_, key, HOUR)   createSigner(key, HOUR)(_)
  createSignerSync(key, HOUR)(_)   issue(_)   issueSync(_)
`
const OWN = each`sign(_, key)   signSync(_, key)   createSigner(key)(_)   createSignerSync(key, { type: 'at+jwt' })(_)   issueOwn(_)`
const VERIFYING = each`verify(token, key, _)   verifySync(token, key, _)   createVerifier(key, _)   createVerifierSync(key, _)`
const NESTED = each`authenticate(fetched, key, { verify: _ })   createGuard(key, { verify: _ })`
const GUARDING = each`authenticate(fetched, key, _)   createGuard(key, _)`
const ASKING = each`authenticate(_, key)   createGuard(key)(_)`

const GROUPS: readonly Group[] = [
  [
    'claims have registered members only of their types, and no exp beside expiresIn',
    ISSUING,
    each`
      {}   user   { sub: 'u1', nbf: new Date(), iat: instant }   { ...user, iss: 'a', aud: ['a'], iat: 5, jti: 'x' }
      { user: { id: 1, tags: [null] } } as Record<string, unknown>   { aud: ['a'], user: { id: 1 } }   JSON.parse("{}")
    `,
    each`
      { iss: process.env['ISSUER'] }   { sub: 5 }   { iss: ['a'] }   { aud: [5] }   { jti: null }   { nbf: '2026-01-01' }
      {} as { readonly sub: number; readonly role: string }   { sub: instant }   'u1'   null   undefined   { sub: 'u1', exp: 5 }
      { exp: new Date() }
    `,
  ],
  [
    'claims have an exp, and it is a time, if there is no expiresIn',
    OWN,
    each`{ sub: 'u1', exp: 5 }   { exp: new Date() }   { exp: instant, nbf: instant }   JSON.parse("{}")`,
    each`{ sub: 'u1' }   user   {} as { readonly exp?: number }   { exp: '1h' }   { exp: zoned }`,
  ],
  [
    'options of sign have their types',
    SIGNING,
    each`
      { expiresIn: '15m' }   { expiresIn: 'never' }   { expiresIn: '1h', now: () => instant }
      { expiresIn: 900, notBefore: '5s', type: 'at+jwt', header: { tenant: 't' }, now: () => new Date() }
      { expiresIn: process.env['LIFETIME'] as Duration | 'never' }   { expiresIn: Number(process.env['SECONDS']) }
      { expiresIn: minutes }
    `,
    each`
      { expiresIn: '15 minutes' }   { expiresIn: '1y' }   { expiresIn: undefined }   { expiresIn: new Date() }   { expiresIn: instant }
      { expiresIn: process.env['LIFETIME'] }   { expiresIn: process.env['LIFETIME'] ?? '' }   { expiresIn: '1h', notBefore: 'never' }
      { expiresIn: '1h', algorithm: 'HS256' }   { expiresIn: '1h', type: undefined }   { expiresIn: '1h', now: new Date() }
      { expiresIn: '1h', now: () => instant.epochMilliseconds }
    `,
  ],
  ['sign needs a lifetime', each`sign(user, key, _)`, each`{ expiresIn: 'never' }`, each`{}   { now: () => new Date() }`],
  [
    'keys that sign are made by createKey, and are not found by a function',
    each`sign(user, _, HOUR)   signSync(user, _, HOUR)   createSigner(_, HOUR)   createSignerSync(_, HOUR)`,
    each`key   [key, key]`,
    each`new Uint8Array(32)   'a secret of more than thirty-two bytes'   undefined   () => key   { kid: 'x' }`,
  ],
  [
    'keys that verify are made by createKey, or found by a function',
    each`
      verify(token, _)   verifySync(token, _)   createVerifier(_)   createVerifierSync(_)   authenticate(fetched, _)   createGuard(_)
    `,
    each`key   [key, key]   [key, key] as const   () => key   () => undefined`,
    each`
      'a secret of more than thirty-two bytes'   undefined   () => 'secret'   () => null   { kid: 'x' }
      { kid: 'x', secret: '' as never }
    `,
  ],
  ['hs256/sync waits for no key', each`verifySync(token, _)   createVerifierSync(_)`, each`() => [key]`, each`() => Promise.resolve(key)`],
  [
    'a secret has one of its forms, and options have their types',
    each`createKey(_)`,
    each`
      process.env['JWT_SECRET']   '…', { kid: 'a' }   new Uint8Array(32)   new ArrayBuffer(32)   Buffer.alloc(32)
      new DataView(new ArrayBuffer(32))   createSecretKey(new Uint8Array(32))   {} as CryptoKey
      { kty: 'oct', k: '…', kid: 'a', alg: 'HS256', use: 'sig', key_ops: ['sign'] }
    `,
    each`null   5   ['a']   process.env['JWT_SECRET'], { algorithm: 'HS256' }   process.env['JWT_SECRET'], { kid: undefined }`,
  ],
  [
    'options of verify have their types',
    [...VERIFYING, ...NESTED],
    each`
      { issuer: ['a'], audience: 'b', subject: 'c', type: 'JWT', required: ['role'], requireExp: false }
      { maxAge: '1h', clockTolerance: 5, maxLength: 1000, now: () => new Date(), ignoreAudience: true }
      { maxAge: process.env['MAX_AGE'] as Duration, now: () => instant }   { schema: Id, allowMistyped: ['iss', 'sub', 'iat', 'jti'] }
      { schema: Id, allowMistyped: ['sub'] as const }   { schema: Id, allowMistyped: [] }
    `,
    each`
      { issuer: process.env['ISSUER'] }   { issuer: /auth/ }   { algorithms: ['HS256'] }   { maxAge: '15 minutes' }   { now: new Date() }
      { now: () => instant.epochMilliseconds }   { schema: z.string() }   { schema: {} }   { allowMistyped: ['sub'] }
      { issuer: 'a', allowMistyped: ['sub'] }   { schema: Id, allowMistyped: ['exp'] }   { schema: Id, allowMistyped: ['sub', 'aud'] }
      { schema: Id, allowMistyped: ['role'] }   { schema: Id, allowMistyped: undefined }
    `,
  ],
  ['a schema that options may have is not one that they have', VERIFYING, each`{ ...perhaps, schema: Role }`, each`perhaps`],
  [
    'the type of a schema is not accepted without the schema, and there is no unchecked type of claims',
    each`
      verify<_>(token, key)   verify<_>(token, key, { issuer: 'a' })   verifySync<_>(token, key)   createVerifier<_>(key)
      createVerifier<_>(key, { issuer: 'a' })   createVerifierSync<_>(key)   createVerifierSync<_>(key, { issuer: 'a' })
      authenticate<_>(fetched, key)   authenticate<_>(fetched, key, { verify: { audience: 'a' } })   createGuard<_>(key)
      createGuard<_>(key, { verify: { audience: 'a' } })   requireJwt<_>(key, { verify: { audience: 'a' } }, () => new Response())
    `,
    [],
    each`typeof Role   typeof Optional   typeof Either   User`,
  ],
  [
    'the type of a schema is accepted beside the schema',
    each`
      verify<_>(token, key, { schema: Role })   createVerifier<_>(key, { schema: Role })   createVerifierSync<_>(key, { schema: Role })
      authenticate<_>(fetched, key, { verify: { schema: Role } })   createGuard<_>(key, { verify: { schema: Role } })
    `,
    each`typeof Role`,
    each`typeof Either`,
  ],
  [
    'options of a guard have their types',
    GUARDING,
    each`
      { cookie: 'session', sources: ['bearer'], trustedOrigins: [], realm: 'a' }   { isRevoked: ({ claims }) => claims.sub === null }
    `,
    each`
      { audience: 'orders' }   { optional: undefined }   { sources: ['query'] }   { trustedOrigins: 'https://app.example' }
      { isRevoked: () => ({ id: 1 }) }   { isRevoked: () => undefined }
    `,
  ],
  [
    'a request has a method and headers',
    ASKING,
    each`fetched   incoming   { method: 'GET', headers: incoming.headers }`,
    each`
      fetched.headers   {} as { readonly httpMethod: string; readonly headers: Record<string, string>; readonly body: string | null }
      {} as { readonly requestContext: { readonly http: { readonly method: string } }; readonly headers: Record<string, string> }
      {} as { readonly req: { readonly method: string; readonly raw: Request } }   { headers: {} }
      { method: incoming.method, headers: {} }   { method: 'GET' }
    `,
  ],
  [
    'headers are not a request',
    each`readTokens(_)   isCrossOrigin('POST', _)`,
    each`fetched.headers   incoming.headers`,
    each`fetched   incoming.rawHeaders   'jwt=x'   { get: (name: string): string | null => name }`,
  ],
  [
    'a cookie has attributes of their types',
    each`tokenCookie(token, _)   tokenCookieParts(token, _)   clearTokenCookie(_)`,
    each`
      { sameSite: 'lax', cookie: 'session', domain: 'example.com', path: '/', now: () => instant }
      { sameSite: 'None', secure: true, httpOnly: true, partitioned: true, cookie: '__Host-jwt' }
    `,
    each`
      { name: 'session' }   { sameSite: 'default' }   { sameSite: true }   { maxAge: '15 minutes' }   { domain: process.env['DOMAIN'] }
      { expires: new Date() }
    `,
  ],
  [
    'a token is a string',
    each`verify(_, key)   createVerifier(key)(_)   createVerifierSync(key)(_)   tokenCookie(_)`,
    each`token`,
    each`undefined`,
  ],
]

/** Statements of which none compiles. */
const STATEMENTS: Readonly<Record<string, readonly string[]>> = {
  'the result of a call is read-only, except the claims and their types': [
    "(await verify(token, key)).header.alg = 'none'",
    '(await verify(token, key)).claims.sub = 5',
    '(await verify(token, key)).claims = {}',
    '(await verify(token, key)).key = key',
    "(await verify(token, key, { schema: Role })).claims.role = 'root'",
    "key.kid = 'b'",
  ],
  'a claim is unknown without a schema that has it': [
    '(await verify(token, key, { schema: Role })).claims.tenant',
    '(await check(token, Role)).claims.tenant',
    'const role: string = verifySync(token, key).claims["role"]',
    'ofRole(await verify(token, key))',
  ],
  'a token that was not verified, or is written by hand, is not one that was': [
    'trust(unverified)',
    'trust(decodeUnverified(token))',
    "trust({ claims: { sub: 'u1' }, header: { alg: 'HS256' }, key })",
    'show(verified)',
    "show({ claims: { sub: 'u1' }, header: { alg: 'HS256' } })",
  ],
  'secondsLeft takes a token that was read, and a clock': ['secondsLeft(token)', 'secondsLeft(verified, { now: new Date() })'],
  'an error has the members of its code': [
    "if (error.code === 'ERR_JWT_MALFORMED') error.claim",
    "if (error.code === 'ERR_JWT_CLAIM') error.claims?.sub", // it is a method
    "if (error.code === 'ERR_JWT_CLAIM') error.expiredAt",
    "if (error.code === 'ERR_JWT_EXPIRED') error.validFrom",
  ],
  'a guard has a result only after await, with what its status allows': [
    'const { jwt } = createGuard(key)(fetched)',
    'const { response } = createGuard(key)(fetched)',
    "if ((await authenticate(fetched, key, { verify: { schema: Role } })).status === 'anonymous') throw error",
    'const { jwt, response } = await createGuard(key, { optional: true })(fetched); if (!jwt) new Response(response.body, response)',
    'const { jwt, response } = await createGuard(key, { optional: true })(fetched); if (response === null) jwt.claims.sub',
    "const result = await createGuard(key, { verify: { schema: Role } })(fetched); if (result.status === 'authenticated') result.jwt.claims.tenant",
    "const options: AuthenticateOptions<typeof Role, false> = { cookie: 'session' }", // nothing for verify in them
    'unauthorized().status = 200',
    "unauthorized().headers['X-Powered-By'] = 'x'",
  ],
  'an answer takes an error of this library, and scopes in a string': [
    "challenge(new Error('x'))",
    "unauthorized({ realm: 'orders' })",
    "forbidden({ scope: ['read'] })",
    "clearTokenCookie({ maxAge: '1h' })", // a cookie that is removed has no lifetime
    "tokenCookieParts({ cookie: 'session' })",
  ],
}

const PATH = join(ROOT, 'test', 'rejected.ts')
const lines = PRELUDE.split('\n')

/** Adds a statement to the program, and returns its place there. */
function add(statement: string): readonly [line: number, statement: string] {
  lines.push(`void (async () => { const HOUR = { expiresIn: '1h' } as const; ${statement} })`)
  return [lines.length - 1, statement]
}

const fill = (calls: readonly string[], values: readonly string[]) =>
  calls.flatMap((call) => values.map((value) => add(call.replace(/\b_\b/, () => value))))
const groups = GROUPS.map(([fact, calls, accepted, rejected]) => [fact, fill(calls, accepted), fill(calls, rejected)] as const)
const single = Object.entries(STATEMENTS).map(([fact, statements]) => [fact, [], statements.map(add)] as const)

/** The codes of the errors in each line. */
function errorsOf(text: string): ReadonlyMap<number, readonly number[]> {
  const config = join(ROOT, 'tsconfig.test.json')
  const { options = {} } =
    ts.getParsedCommandLineOfConfigFile(config, {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} }) ?? {}
  const host = ts.createCompilerHost(options)
  const getSourceFile = host.getSourceFile.bind(host)
  host.getSourceFile = (path, ...rest) =>
    path === PATH ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2022) : getSourceFile(path, ...rest)
  const program = ts.createProgram([PATH], { ...options, noUnusedLocals: false, noUnusedParameters: false }, host)
  const source = program.getSourceFile(PATH)
  const found = new Map<number, number[]>()
  for (const { start = 0, code } of [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]) {
    const { line } = ts.getLineAndCharacterOfPosition(source!, start)
    found.set(line, [...(found.get(line) ?? []), code])
  }
  return found
}

const errors = errorsOf(lines.join('\n'))

/** Whether a line fails for its types: not for a syntax error (1…), or for a name that is not there (2304 and 2552). */
const fails = (line: number): boolean => (errors.get(line) ?? [0]).every((code) => code > 2000 && code !== 2304 && code !== 2552)

describe('to TypeScript,', () => {
  it.each([...groups, ...single])('%s', (_fact, accepted, rejected) => {
    expect(accepted.filter(([line]) => errors.has(line)).map(([line, statement]) => [statement, errors.get(line)])).toEqual([])
    expect(rejected.filter(([line]) => !fails(line)).map(([line, statement]) => [statement, errors.get(line)])).toEqual([])
    expect(rejected.length).toBeGreaterThan(0)
  })

  it('the rest of the program has no error', () => {
    expect([...errors].filter(([line]) => line < PRELUDE.split('\n').length)).toEqual([])
  })
})
