/** Rotates the shared secret while everything runs: nobody is logged out, and no request is rejected. */
import { randomBytes } from 'node:crypto'
import type { SharedSecret } from './keys.ts'
import { VERIFIERS, type System } from './system.ts'

/** Makes the next secret. */
export function nextSecret({ kid }: SharedSecret): SharedSecret {
  return { kid: kid.replace(/\d+$/, (number) => String(Number(number) + 1)), secret: randomBytes(32).toString('base64') }
}

/**
 * Rotates in the only order that rejects no request. Each step starts once every service has finished the previous one.
 * @param untilLastExpires waits for the lifetime of the longest-lived token of the old secret, which is the session token
 */
export async function rotate(
  system: System,
  current: SharedSecret,
  next: SharedSecret,
  untilLastExpires: () => Promise<unknown>,
  tell: (step: string) => void = () => {},
): Promise<void> {
  await system.useKeys(VERIFIERS, [current, next])
  tell(`verifiers first: they know ${next.kid} before it signs a token`)

  await system.useKeys(['auth'], [next, current])
  tell(`then the issuer: it signs with ${next.kid}, and still verifies ${current.kid}`)

  await untilLastExpires()
  await system.useKeys(['auth', ...VERIFIERS], [next])
  tell(`${current.kid} is dropped: its last token has expired`)
}
