/** Revoked tokens and sessions, by `jti`. They are kept in memory; a real service uses Redis or the like, with `exp` as expiry. */
interface Revocable {
  readonly claims: { readonly jti: string; readonly sid?: string }
}

const revoked = new Map<string, number>()

/** Keeps a revoked id until its tokens have expired. */
export function remember(id: string, exp: number): void {
  const now = Date.now() / 1000
  for (const [old, end] of revoked) if (end <= now) revoked.delete(old)
  revoked.set(id, exp)
}

/** Whether the token or its session was revoked. */
export function isRevoked({ claims: { jti, sid } }: Revocable): boolean {
  return revoked.has(jti) || (sid !== undefined && revoked.has(sid))
}
