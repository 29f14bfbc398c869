/** Revoked tokens and sessions: in Redis if `REDIS_URL` is set, or else in the memory of each service. */
import { createRevocations, type Revocations } from '../revocation/memory.ts'

const { REDIS_URL } = process.env

/** Whether the services share the list. Otherwise, each must be told what another one revokes. */
export const isShared = REDIS_URL !== undefined

/** The list. */
export const revocations: Revocations =
  REDIS_URL === undefined ? createRevocations() : await (await import('../revocation/redis.ts')).connectRevocations(REDIS_URL)

/** The answer while the list does not answer: no token can be checked, so none is let through. */
export const OUTAGE = {
  status: 503,
  headers: { 'Retry-After': '1' },
  body: { error: 'unavailable', message: 'revocations cannot be checked at the moment: try again' },
} as const

/** Whether an error means that the list does not answer. */
export function isOutage(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === OUTAGE.status
}
