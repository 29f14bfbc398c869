/** Errors about a person's token, whose claims hold an e-mail address, and errors that reveal one. Bundled for what runs in a process of its own. */
import { createKey, decodeUnverified, JwtClaimError, JwtKeyNotFoundError } from 'hs256'
import { authenticate } from 'hs256/http'
import { addressOf, BASE, KINDS, NEEDLE, raise, SECRET, tokenOf } from './error-kinds.ts'
import { failure } from './outcome.ts'

export const EMAIL: string = NEEDLE

/** Ways in which an error may reveal an address, and the address that it reveals so. */
export const REVEALED = { getter: addressOf('getter'), property: addressOf('property'), message: addressOf('message') } as const
export type Way = keyof typeof REVEALED

/** The errors that know a claim, an issue or a kid with the address, by what is wrong. */
export async function personalErrors(): Promise<Readonly<Record<string, Error>>> {
  const request = { method: 'GET', headers: { authorization: `Bearer ${tokenOf()}` } }
  const denied = await authenticate(request, createKey(SECRET), { isRevoked: () => true, verify: BASE })
  const errors = {
    ...Object.fromEntries(await Promise.all(KINDS.map(async (kind) => [kind.what, await raise(kind)] as const))),
    'a revoked token': denied.error as Error,
    'a claim of the wrong type, not verified': failure(() => decodeUnverified(tokenOf({ sub: [EMAIL] }))) as Error,
  }
  return Object.fromEntries(Object.entries(errors).filter(([, error]) => known(error).includes(EMAIL)))
}

function known(error: Error): string {
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
