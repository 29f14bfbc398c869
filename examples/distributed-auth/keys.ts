/** The keys of this service: at first that of its environment; while the secret is rotated, the ones that it is given. */
import { createKey, type JwtKey } from 'hs256'
import { FIRST_KID } from './agreement.ts'

/** A secret and its name. */
export interface SharedSecret {
  readonly kid: string
  readonly secret: string
}

let keys: readonly JwtKey[] = [createKey(process.env['JWT_SECRET'], { kid: FIRST_KID })]

/** The keys of now: the first signs, all of them verify. Guards take the function itself, and so never keep an old list. */
export function currentKeys(): readonly JwtKey[] {
  return keys
}

/** Takes other keys from now on. */
export function useKeys(secrets: readonly SharedSecret[]): void {
  keys = secrets.map(({ kid, secret }) => createKey(secret, { kid }))
}
