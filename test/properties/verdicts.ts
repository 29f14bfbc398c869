/** What an engine says of whatever is at hand. */
import { JwtError } from 'hs256'
import { expect } from 'vitest'
import { verify } from '../support/engine.ts'
import { outcome } from '../support/outcome.ts'
import { key, now } from './arbitraries.ts'

/** Calls `verify` as JavaScript may: with whatever is at hand. */
export function verifyAnything(token: unknown): ReturnType<typeof verify> {
  return verify(token as string, key, { now, ignoreAudience: true })
}

/** Whether `verify` accepts a token; otherwise its error must be a `JwtError`. */
export async function isAccepted(token: string): Promise<boolean> {
  const verdict = await outcome(() => verifyAnything(token))
  if (verdict instanceof Error) expectJwtError(verdict)
  return !(verdict instanceof Error)
}

/** An error of this library, with a code. */
export function expectJwtError(error: unknown): void {
  expect(error).toBeInstanceOf(JwtError)
  expect(error).toMatchObject({ code: expect.stringMatching(/^ERR_JWT_[A-Z_]+$/) as string })
}

/** An error about the call. */
export function expectMistake(error: unknown): void {
  expect(error instanceof TypeError || error instanceof RangeError, String(error)).toBe(true)
}

/** Changes a result all the way down, as its owner may do. */
export function spoil(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const member of Object.values(value)) spoil(member)
  Object.assign(value, { sub: 'admin', level: 'admin', 0: 'admin' })
}
