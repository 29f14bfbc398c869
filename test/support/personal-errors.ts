/** Errors about a person's token, whose claims hold an e-mail address, and errors that reveal one. Bundled for what runs in a process of its own. */
import { createKey, decodeUnverified, JwtClaimError, JwtKeyNotFoundError, verify } from 'hs256'
import { authenticate } from 'hs256/http'
import { forge, SECRET } from './forge.ts'
import { outcome } from './outcome.ts'

/** What nothing may show of an error of the library. Not written in one piece, because reporters show lines around a stack frame. */
export const EMAIL: string = addressOf('zoe')

/** Ways in which an error may reveal an address, and the address that it reveals so. */
export const REVEALED = { getter: addressOf('getter'), property: addressOf('property'), message: addressOf('message') } as const
export type Way = keyof typeof REVEALED

function addressOf(name: string): string {
  return [name, 'example.com'].join('@')
}

const LATER = 4_000_000_000
const PERSON = { sub: EMAIL, email: EMAIL, contacts: [{ email: EMAIL }], exp: LATER }
const key = createKey(SECRET, { kid: 'a' })

const validate = (value: unknown) => ({ issues: [{ message: JSON.stringify(value), path: ['role'] }] })
const schema = { '~standard': { version: 1, vendor: 'test', validate } } as const

const check = (claims: object, options: object = {}, header: object = {}) =>
  outcome(() => verify(forge({ ...PERSON, ...claims }, { alg: 'HS256', ...header }), key, options))

/** An error of each kind that knows a claim, an issue or a kid with the address. */
export async function personalErrors(): Promise<Readonly<Record<string, Error>>> {
  const request = { method: 'GET', headers: { authorization: `Bearer ${forge(PERSON)}` } }
  const denied = (await authenticate(request, key, { isRevoked: () => true })) as { readonly error?: Error }
  const errors = {
    'an expired token': await check({ exp: 1_700_000_000 }),
    'a token that is not valid yet': await check({ nbf: LATER - 1 }),
    'a token without exp': await check({ exp: undefined }),
    'a token for another audience': await check({ aud: EMAIL }),
    'a token of another issuer': await check({ iss: EMAIL }, { issuer: 'a' }),
    'a token of another subject': await check({}, { subject: 'a' }),
    'a token of another type': await check({}, { type: 'a' }, { typ: EMAIL }),
    'a token without a required claim': await check({}, { required: 'role' }),
    'a claim of the wrong type': await check({ sub: [EMAIL] }),
    'a schema that quotes claims': await check({}, { schema }),
    'a revoked token': denied.error,
    'a kid that no key has': await check({}, {}, { kid: EMAIL }),
    'a claim of the wrong type, not verified': await outcome(() => decodeUnverified(forge({ ...PERSON, sub: [EMAIL] }))),
  }
  for (const [kind, error] of Object.entries(errors))
    if (!known(error).includes(EMAIL)) throw new Error(`${kind} does not know the address`)
  return errors as Readonly<Record<string, Error>>
}

function known(error: unknown): string {
  if (error instanceof JwtKeyNotFoundError) return String(error.kid())
  return error instanceof JwtClaimError ? JSON.stringify([error.claims(), error.issues()]) : ''
}

class RevealingByGetter extends Error {
  get claims(): object {
    return { email: REVEALED.getter }
  }
}

class RevealingByProperty extends Error {
  readonly claims = { email: REVEALED.property }
}

/** The errors above, and one for each way to reveal an address. */
export async function allErrors(): Promise<Readonly<Record<string, Error>>> {
  const revealing: Readonly<Record<Way, Error>> = {
    getter: new RevealingByGetter('a getter of the prototype'),
    property: new RevealingByProperty('a property of its own'),
    message: new Error(REVEALED.message),
  }
  return { ...(await personalErrors()), ...revealing }
}
