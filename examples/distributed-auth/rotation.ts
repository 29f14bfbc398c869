/** The rotation of the shared secret while everything runs: nobody is logged out, and no request is refused. */
import { randomBytes } from 'node:crypto'
import type { SharedSecret } from './keys.ts'
import { VERIFIERS, type System } from './system.ts'

/** The secret after this one. */
export function nextSecret({ kid }: SharedSecret): SharedSecret {
  return { kid: kid.replace(/\d+$/, (number) => String(Number(number) + 1)), secret: randomBytes(32).toString('base64') }
}

/**
 * Rotates, in the only order that refuses nobody. Each step waits until every service has taken the one before it.
 * @param untilLastExpires waits as long as the longest-lived token of the old secret lives: the session's
 */
export async function rotate(
  system: System,
  current: SharedSecret,
  next: SharedSecret,
  untilLastExpires: () => Promise<unknown>,
  tell: (step: string) => void = () => {},
): Promise<void> {
  await system.useKeys(VERIFIERS, [current, next])
  tell(`verifiers first: they know ${next.kid} before any token has it`)

  await system.useKeys(['auth'], [next, current])
  tell(`then the issuer: it signs with ${next.kid}, and still verifies ${current.kid}`)

  await untilLastExpires()
  await system.useKeys(['auth', ...VERIFIERS], [next])
  tell(`${current.kid} is dropped: the last token that it signed has expired`)
}
