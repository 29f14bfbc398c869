/** The tokens and sessions that were ended early, by `jti`; in memory, where a real service asks Redis or the like, with `exp` as expiry. */
interface Revocable {
  readonly claims: { readonly jti: string; readonly sid?: string }
}

const revoked = new Map<string, number>()

/** Remembers a revoked id until the tokens that have it expire by themselves. */
export function remember(id: string, exp: number): void {
  const now = Date.now() / 1000
  for (const [old, end] of revoked) if (end <= now) revoked.delete(old)
  revoked.set(id, exp)
}

/** Whether a token was revoked, or the session that it is of. */
export function isRevoked({ claims: { jti, sid } }: Revocable): boolean {
  return revoked.has(jti) || (sid !== undefined && revoked.has(sid))
}
