/** Tokens that no verifier should take, each but the forgeries with a MAC that is right, shown to every library: who takes them? */
import { createHmac } from 'node:crypto'
import { NAMES, VERIFY, type Expected } from './peers.ts'

const SECRET = 'a secret that is long enough to sign with'
const NOW = 1_800_000_000
const CLAIMS = { sub: 'u1', exp: NOW + 60 }
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

const base64url = (part: string | object): string =>
  Buffer.from(typeof part === 'string' || part instanceof Uint8Array ? part : JSON.stringify(part)).toString('base64url')

/** Signs anything. */
function forge(payload: string | object, header: object = { alg: 'HS256' }, secret = SECRET, hash = 'sha256'): string {
  const input = `${base64url(header)}.${base64url(payload)}`
  return `${input}.${createHmac(hash, secret).update(input).digest('base64url')}`
}

/** The same MAC in another spelling: its last letter has two bits that say nothing. */
const respelled = (token: string): string => token.slice(0, -1) + LETTERS[LETTERS.indexOf(token.at(-1)!) + 1]!

/** What is shown to a verifier. */
interface Case {
  readonly what: string
  /** The rule that it breaks: of an RFC, a MUST, or `policy`, which is ours and stricter. */
  readonly rule: string
  readonly token: string
  readonly secret?: string
  readonly expected?: Expected
}

const GOOD = forge(CLAIMS)

const CASES: readonly Case[] = [
  { what: 'another secret', rule: 'RFC 7515 §5.2', token: forge(CLAIMS, undefined, 'another secret that is long enough') },
  { what: '`alg: none`', rule: 'RFC 8725 §3.2', token: `${base64url({ alg: 'none' })}.${base64url(CLAIMS)}.` },
  { what: 'HS512 where HS256 is wanted', rule: 'RFC 8725 §3.1', token: forge(CLAIMS, { alg: 'HS512' }, SECRET, 'sha512') },
  { what: '`crit` that nobody understands', rule: 'RFC 7515 §4.1.11', token: forge(CLAIMS, { alg: 'HS256', crit: ['x'], x: 1 }) },
  { what: 'a secret of 6 bytes', rule: 'RFC 7518 §3.2', token: forge(CLAIMS, undefined, 'secret'), secret: 'secret' },
  { what: 'a fourth segment', rule: 'RFC 7515 §7.1', token: `${GOOD}.d` },
  { what: 'a line end behind it', rule: 'RFC 7515 §2', token: `${GOOD}\n` },
  { what: 'a `=` behind it', rule: 'RFC 7515 §2', token: `${GOOD}=` },
  { what: 'another spelling of its MAC', rule: 'policy', token: respelled(GOOD) },
  { what: 'a payload that is no UTF-8', rule: 'RFC 7519 §7.2', token: forge(Buffer.from(`{"sub":"\xff","exp":${NOW + 60}}`, 'latin1')) },
  { what: 'a payload that is a list', rule: 'RFC 7519 §7.2', token: forge([CLAIMS]) },
  { what: '`exp` that is a text', rule: 'RFC 7519 §4.1.4', token: forge({ exp: String(NOW + 60) }) },
  { what: '`exp` at this very second', rule: 'RFC 7519 §4.1.4', token: forge({ exp: NOW }) },
  { what: '`aud`, and a verifier that names none', rule: 'RFC 7519 §4.1.3', token: forge({ ...CLAIMS, aud: 'orders' }) },
  { what: '`exp` in milliseconds', rule: 'policy', token: forge({ exp: NOW * 1000 }) },
  { what: 'no `exp`', rule: 'policy', token: forge({ sub: 'u1' }) },
  { what: 'the option `issuer: undefined`', rule: 'policy', token: GOOD, expected: { issuer: undefined } },
]

/** A row: who takes it, where `undefined` is a library that verifies nothing. */
export interface Strictness {
  readonly what: string
  readonly rule: string
  readonly taken: readonly (boolean | undefined)[]
}

/** Whether each library that verifies takes what it is shown; the good token, which comes first, proves that it can. */
export async function strictness(): Promise<readonly Strictness[]> {
  const { Date } = globalThis
  globalThis.Date = frozen(Date)
  try {
    const good = await verdicts({ token: GOOD })
    if (good.includes(false)) throw new Error('a library refuses a good token')
    return await Promise.all(CASES.map(async (row) => ({ what: row.what, rule: row.rule, taken: await verdicts(row) })))
  } finally {
    globalThis.Date = Date
  }
}

/** A clock that stands: not every library can be given one. */
function frozen(Clock: DateConstructor): DateConstructor {
  return class extends Clock {
    constructor(...time: [] | [number]) {
      super(time[0] ?? NOW * 1000)
    }
    static override now(): number {
      return NOW * 1000
    }
  } as DateConstructor
}

function verdicts({ token, secret = SECRET, expected = {} }: Omit<Case, 'what' | 'rule'>): Promise<readonly (boolean | undefined)[]> {
  return Promise.all(
    NAMES.map(async (name) => {
      if (name === 'jwt-decode') return undefined
      try {
        await VERIFY[name](token, secret, expected)
        return true
      } catch {
        return false
      }
    }),
  )
}
