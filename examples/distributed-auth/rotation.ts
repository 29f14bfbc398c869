/** Rotates the keys of the running demo: three edits of its key file, each of them once every service uses the one before. */
import { setTimeout as sleep } from 'node:timers/promises'
import { createKey, decodeUnverified, sign } from 'hs256'
import { readKeys, rotateFile, type FileKey } from '../keys-from-file/rotate.ts'
import { ACCESS, AUDIENCE, ISSUER } from './agreement.ts'
import type { System } from './system.ts'

/** What a rotation needs to know of the system. */
type Place = Pick<System, 'keyFile' | 'urls'>

/**
 * Rotates to this key. No request is rejected.
 * @param untilLastExpires waits for the lifetime of the longest-lived token of the old key, which is the session token
 */
export async function rotate(
  place: Place,
  next: FileKey,
  untilLastExpires: () => Promise<unknown>,
  tell: (step: string) => void = () => {},
): Promise<void> {
  const former = await readKeys(place.keyFile)
  await rotateFile(place.keyFile, next, { everywhere: () => everywhere(place, former), untilLastExpires, tell })
}

/** Waits until every service accepts the keys in the file and none of the former ones, and the issuer signs with the first. */
export async function everywhere({ keyFile, urls }: Place, former: readonly FileKey[] = []): Promise<void> {
  const keys = await readKeys(keyFile)
  const removed = former.filter(({ kid }) => keys.every((key) => key.kid !== kid))
  for (const [service, path] of Object.entries({ auth: '/api/jwt', orders: '/orders', reports: '/reports' })) {
    const url = `${urls[service as keyof typeof urls]}${path}`
    for (const key of keys) while ((await probe(url, key)).status === 401) await sleep(50)
    for (const key of removed) while ((await probe(url, key)).status !== 401) await sleep(50)
  }
  const kidOfIssuer = async (key: FileKey): Promise<unknown> => {
    const { token } = (await (await probe(`${urls.auth}/api/jwt`, key)).json()) as { readonly token: string }
    return decodeUnverified(token).header.kid
  }
  const [first] = keys
  while (first !== undefined && (await kidOfIssuer(first)) !== first.kid) await sleep(50)
}

/** Sends a token of a key, which only someone who knows the key can make. */
async function probe(url: string, key: FileKey): Promise<Response> {
  const ada = { sub: 'ada', name: 'Ada', role: 'clerk', groups: [], jti: 'probe', sid: 'probe', auth_time: Math.floor(Date.now() / 1000) }
  const token = await sign({ iss: ISSUER, aud: AUDIENCE, ...ada }, createKey(key), { type: ACCESS, expiresIn: '1m' })
  return fetch(url, { headers: { Authorization: `Bearer ${token}` } })
}
