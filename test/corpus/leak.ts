/** What must not appear in anything that a program logs or sends. */
import { base64url } from '../support/bytes.ts'
import type { Case } from './case.ts'
import { forge, OTHER_SECRET, SECRET } from './forge.ts'

const KEYS = [SECRET, OTHER_SECRET].flatMap((secret) => [secret, base64url(secret)])

/** The token of a case, its segments, every secret, and the marker in claims and keys. */
export async function needlesOf(one: Case): Promise<readonly string[]> {
  const token = one.door !== 'token' ? undefined : typeof one.token === 'function' ? one.token() : await forge(one.token)
  const texts = typeof token === 'string' ? [token, ...token.split('.')].filter((text) => text.length >= 16) : []
  return ['needle', ...KEYS, ...texts]
}

/** Everything that an error or an answer shows about itself, without Node. */
export function textsOf(shown: unknown): readonly string[] {
  if (Array.isArray(shown)) return shown.flatMap(textsOf)
  const texts = [String(shown), JSON.stringify(shown) ?? '']
  if (!(shown instanceof Error)) return texts
  return [...texts, shown.message, shown.stack ?? '', ...(shown.cause === undefined ? [] : ['needle: it has a cause'])]
}
