/** Copies of a token, changed without the secret. */
import { EXP } from './claim-shapes.ts'

/** Changes the payload, which stays JSON with an `exp`: only the MAC shows it. */
function changeClaims(token: string): string {
  const [header, payload = '', mac] = token.split('.')
  const json = Buffer.from(payload, 'base64url')
    .toString()
    .replace(new RegExp(`("exp":\\s*)${EXP}`), `$1${EXP + 1}`)
  return [header, Buffer.from(json).toString('base64url'), mac].join('.')
}

/** Changes the first character of the MAC. */
function changeMac(token: string): string {
  return token.replace(/\.(.)([^.]*)$/, (_, first: string, rest: string) => `.${first === 'A' ? 'B' : 'A'}${rest}`)
}

/** Sets `alg` to `none`, and removes the MAC. */
function disown(token: string): string {
  const header = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
  return token.replace(/^[^.]*/, header).replace(/[^.]*$/, '')
}

/** A token changed in each way. */
export function tamper(token: string): readonly string[] {
  const copies = [changeClaims(token), changeMac(token), disown(token)]
  if (copies.includes(token)) throw new Error('a copy is not changed')
  return copies
}
