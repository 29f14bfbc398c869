/** The keys of this service: those of the mounted file `KEYS_FILE`, or the single secret in `JWT_SECRET`. */
import { basename } from 'node:path'
import { createKey, type JwtKey } from 'hs256'
import { openKeyFile } from '../keys-from-file/keys-from-file.ts'
import { FIRST_KID } from './agreement.ts'

/** The current keys: the first signs, all of them verify. Guards get this function, so they always use the current list. */
export const currentKeys = readKeys()

function readKeys(): () => readonly JwtKey[] {
  const { KEYS_FILE, JWT_SECRET } = process.env
  const report = (message: string): void => console.error(`   ${basename(process.argv[1] ?? '', '.ts')}: ${message}`)
  if (KEYS_FILE !== undefined) return openKeyFile(KEYS_FILE, { report }).keys
  const keys = [createKey(JWT_SECRET, { kid: FIRST_KID })]
  return () => keys
}
