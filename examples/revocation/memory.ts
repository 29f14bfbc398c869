/** A revocation list in the memory of one process: the default of the demo, and enough for a service that runs once. */

/** A token that can be revoked by its own `jti`, and with its session by the session's id, which is its `sid`. */
export interface Revocable {
  readonly claims: { readonly jti: string; readonly sid?: string }
}

/** A revocation list. */
export interface Revocations {
  /**
   * Revokes a token by its `jti`, or a session by its id.
   * @param exp the token's own `exp`; for a session, that of its last token
   */
  readonly revoke: (id: string, exp: number) => Promise<void>
  /** Whether the token or its session was revoked: the option `isRevoked` of a guard. */
  readonly isRevoked: (jwt: Revocable) => boolean | Promise<boolean>
}

/** How long an entry outlives its tokens, in seconds, because the clocks of verifiers differ. Add their `clockTolerance`. */
export const MARGIN = 60

/** Makes an empty list. `clockTolerance` is that of the verifiers, in seconds. Default: 0. */
export function createRevocations({ clockTolerance = 0 }: { readonly clockTolerance?: number } = {}): Revocations {
  const ends = new Map<string, number>() // by the clock that never jumps, or a wrong time of day would empty the list
  const removeExpired = (): void => ends.forEach((end, id) => end <= performance.now() && ends.delete(id))
  setInterval(removeExpired, MARGIN * 1000).unref()
  return {
    revoke: async (id, exp) => void ends.set(id, performance.now() + (exp + clockTolerance + MARGIN) * 1000 - Date.now()),
    isRevoked: ({ claims: { jti, sid } }) => ends.has(jti) || (sid !== undefined && ends.has(sid)),
  }
}
