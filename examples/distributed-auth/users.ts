/** The users of the demo. A real service keeps them in a database, with slow salted hashes (scrypt, Argon2) instead of passwords. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { User } from './agreement.ts'

const USERS: readonly (User & { readonly password: string })[] = [
  { sub: 'ada', name: 'Ada Lovelace', role: 'manager', groups: ['sales', 'finance'], password: 'engine' },
  { sub: 'grace', name: 'Grace Hopper', role: 'clerk', groups: ['sales'], password: 'compiler' },
]

/** Finds a user by name. */
export function findUser(sub: string): User | undefined {
  const found = USERS.find((user) => user.sub === sub)
  return found && { sub, name: found.name, role: found.role, groups: found.groups }
}

/** Finds a user by name and password. It takes the same time whether the name or the password is wrong. */
export function findUserByPassword(sub: string, password: string): User | undefined {
  const expected = USERS.find((user) => user.sub === sub)?.password ?? ''
  return timingSafeEqual(digest(password), digest(expected)) ? findUser(sub) : undefined
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
