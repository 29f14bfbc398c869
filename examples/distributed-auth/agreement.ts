/** What the services agree on beside the secret: who issues tokens, and what a token says about a user. */
import { z } from 'zod'

/** The `iss` of every token, and what the services expect it to be. */
export const ISSUER = 'https://auth.example.localhost'

/** The `aud` of every token: each service is one of them, and expects itself. */
export const AUDIENCE = ['auth', 'orders', 'reports'] as const

/** The claims about a user; with it as `schema`, `claims` has their types. */
export const User = z.object({
  sub: z.string(),
  name: z.string(),
  role: z.enum(['manager', 'clerk']),
  groups: z.array(z.string()),
})

export type User = z.infer<typeof User>
