/** The tokens that a system gets, made from the `key` and the `token` of its section. */
import { randomBytes } from 'node:crypto'
import { createKey, decodeUnverified, generateSecret, sign, type JwtKey } from 'hs256'
import type { Answer, Kind, Probe, Recipe, Running } from './recipe.ts'

const now = (): number => Math.floor(Date.now() / 1000)

/** The token with other claims or another key; the rest stays, such as `typ` and `kid`. A claim that is `undefined` is left out. */
async function variant(token: string, key: JwtKey, changes: Readonly<Record<string, unknown>> = {}, type?: string): Promise<string> {
  const { claims, header } = decodeUnverified(token)
  const { alg: _alg, kid: _kid, typ = 'JWT', ...rest } = header
  const { exp, ...others } = Object.fromEntries(Object.entries({ ...claims, ...changes }).filter(([, value]) => value !== undefined))
  const options = { type: type ?? typ, header: rest }
  return exp === undefined ? sign(others, key, { ...options, expiresIn: 'never' }) : sign({ ...others, exp: Number(exp) }, key, options)
}

/** A token of each kind. */
export async function tokensOf(token: string, key: JwtKey, ages = false): Promise<Readonly<Record<Kind, string>>> {
  const { nbf } = decodeUnverified(token).claims
  const past = { iat: now() - 7200, ...(!ages && { exp: now() - 3600 }), ...(nbf !== undefined && { nbf: now() - 7200 }) }
  const otherKey = createKey(generateSecret(), key.kid === undefined ? {} : { kid: key.kid })
  return { good: token, expired: await variant(token, key, past), forged: await variant(token, otherKey) }
}

const CHANGES: Readonly<Record<Exclude<Probe, 'length' | 'otherKid'>, () => readonly [Readonly<Record<string, unknown>>, string?]>> = {
  noExp: () => [{ exp: undefined }],
  iatAhead: () => [{ iat: now() + 30 }],
  otherAud: () => [{ aud: 'somebody-else' }],
  atJwt: () => [{}, 'at+jwt'],
}

/**
 * Sends a probe, and returns whether it was accepted: of `length`, the longest token that was, which is `known` from the last run if
 * nothing has changed.
 */
export async function probe(
  name: Probe,
  token: string,
  key: JwtKey,
  { form = 'utf8' }: Recipe,
  secret: string,
  ask: NonNullable<Running['ask']>,
  known: number | undefined,
): Promise<boolean | number> {
  if (name === 'otherKid')
    return (await ask(await variant(token, createKey(bytesOf(secret, form), { kid: 'not-in-the-configuration' })))).accepted
  if (name !== 'length') return (await ask(await variant(token, key, ...CHANGES[name]()))).accepted
  const isAccepted = async (bytes: number): Promise<boolean> => {
    const longer = await variant(token, key, { padding: randomBytes(bytes).toString('base64url').slice(0, bytes) })
    return (await ask(longer).catch((): Answer => ({ accepted: false, text: '' }))).accepted
  }
  const bytesFor = (characters: number): number => Math.max(0, Math.floor(((characters - token.length) * 3) / 4))
  if (known !== undefined && known < 64_000 && (await isAccepted(bytesFor(known))) && !(await isAccepted(bytesFor(known + 200))))
    return known
  let [most, least] = [48_000, 48] // bytes of padding: 48 are 64 characters of the token
  if (await isAccepted(most)) return lengthOf(token, most)
  while (most - least > 48) {
    const middle = Math.floor((most + least) / 2)
    if (await isAccepted(middle)) least = middle
    else most = middle
  }
  return lengthOf(token, least)
}

const lengthOf = (token: string, padding: number): number => Math.floor((token.length + (padding * 4) / 3) / 100) * 100

const bytesOf = (secret: string, form: NonNullable<Recipe['form']>): Buffer =>
  form === 'file' ? Buffer.from(`${secret}\n`) : Buffer.from(secret, form)
