/** The keys of this service: at first the one from its environment; during a rotation, those that it receives. */
import { createKey, type JwtKey } from 'hs256'
import { FIRST_KID } from './agreement.ts'

/** A secret and its name. */
export interface SharedSecret {
  readonly kid: string
  readonly secret: string
}

let keys: readonly JwtKey[] = [createKey(process.env['JWT_SECRET'], { kid: FIRST_KID })]

/** The current keys: the first signs, all of them verify. Guards get this function, so they always use the current list. */
export function currentKeys(): readonly JwtKey[] {
  return keys
}

/** Replaces the keys. */
export function useKeys(secrets: readonly SharedSecret[]): void {
  keys = secrets.map(({ kid, secret }) => createKey(secret, { kid }))
}
