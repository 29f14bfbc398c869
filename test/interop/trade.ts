/** Trades tokens with one implementation, both ways, and says what came of it, and what is to. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { createKey, decodeUnverified, JwtAlgorithmError, JwtMalformedError, JwtSignatureError, sign, verify } from 'hs256'
import { EXP, SHAPES } from './claim-shapes.ts'
import type { Implementation } from './manifest.ts'

/** The folders of the programs, and of the built ones. */
export const PEERS = join(import.meta.dirname, 'peers')
export const OUT = join(import.meta.dirname, '..', '.cache', 'interop')

/** The shared secret, as public as the tests. */
const SECRET = 'correct horse battery staple, 32+ — päßwörd \u{1f511}'
const key = createKey(SECRET)
const names = Object.keys(SHAPES)

/** What came of it: names of claim shapes, and counts of tampered copies. */
export interface Outcome {
  /** Ours that it verified, with the claims as they are. */
  readonly ours: readonly string[]
  /** Its own that we verified, with the claims as they are. */
  readonly theirs: readonly string[]
  readonly tampered: number
  readonly refusedByThem: number
  readonly refusedByUs: number
}

/** Runs a command in the folder of the programs, with these lines as input, and returns the lines that it writes. Throws if it fails. */
export function run(command: string, lines: readonly string[] = []): readonly string[] {
  const env = { ...process.env, JWT_SECRET: SECRET, OUT, LC_ALL: 'C.UTF-8' }
  const options = { cwd: PEERS, env, input: lines.map((line) => `${line}\n`).join(''), encoding: 'utf8', maxBuffer: 2 ** 27 } as const
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command], options)
  if (status !== 0) throw new Error(`${command} ended with ${String(status)}: ${stderr.slice(-2000)}`)
  return stdout.split('\n').slice(0, -1)
}

/** Sends requests to a program, one line each, and returns an answer for each. */
function ask(program: string, requests: readonly string[]): readonly string[] {
  const answers = run(program, requests)
  if (answers.length !== requests.length) throw new Error(`${answers.length} answers to ${requests.length} requests`)
  return answers
}

/** Trades a token of each claim shape, and its tampered copies, each way. */
export async function trade(program: string): Promise<Outcome> {
  const shapes = Object.values(SHAPES).map((json) => ({ ...(JSON.parse(json) as object), exp: EXP }))
  const ours = await Promise.all(shapes.map((claims) => sign(claims, key)))
  const verifying = (tokens: readonly string[]): readonly string[] => tokens.map((token) => `verify ${token}`)
  const answers = ask(program, [...verifying(ours), ...shapes.map((claims) => `sign ${JSON.stringify(claims)}`)])
  const theirs = answers.slice(ours.length)

  const verified = await Promise.all(theirs.map(readClaims))
  const copies = [...ours, ...theirs.filter((token) => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token))].flatMap(tamper)
  const ownRefusals = await Promise.all(copies.map(isRefused))
  return {
    ours: names.filter((_, index) => isDeepStrictEqual(parse(answers[index]), toPlain(decodeUnverified(ours[index]!).claims))),
    theirs: names.filter((_, index) => isDeepStrictEqual(verified[index], toPlain(shapes[index]))),
    tampered: copies.length,
    refusedByThem: ask(program, verifying(copies)).filter((answer) => answer.startsWith('refused')).length,
    refusedByUs: ownRefusals.filter(Boolean).length,
  }
}

const toPlain = (claims: unknown): unknown => parse(JSON.stringify(claims))

function parse(json = ''): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

async function readClaims(token: string): Promise<unknown> {
  const verified = await verify(token, key, { ignoreAudience: true }).catch(() => undefined)
  return verified && toPlain(verified.claims)
}

/** Whether we refuse a copy, for a reason that such a copy gives. */
async function isRefused(copy: string): Promise<boolean> {
  const error: unknown = await verify(copy, key, { ignoreAudience: true }).catch((caught: unknown) => caught)
  return [JwtSignatureError, JwtAlgorithmError, JwtMalformedError].some((kind) => error instanceof kind)
}

/** Copies of a token, changed without the secret: another `exp`, which only the MAC shows; another MAC; an `alg` of `none`, and no MAC. */
function tamper(token: string): readonly string[] {
  const [header, payload = '', mac = ''] = token.split('.')
  const base64url = (text: string): string => Buffer.from(text).toString('base64url')
  const claims = Buffer.from(payload, 'base64url').toString()
  const later = claims.replace(new RegExp(`("exp":\\s*)${EXP}`), `$1${EXP + 1}`)
  const copies = [
    `${header}.${base64url(later)}.${mac}`,
    `${header}.${payload}.${mac.startsWith('A') ? 'B' : 'A'}${mac.slice(1)}`,
    `${base64url('{"alg":"none","typ":"JWT"}')}.${payload}.`,
  ]
  if (copies.includes(token) || later === claims) throw new Error('a copy is not changed')
  return copies
}

/** What is to come of it, by the manifest: each shape is carried but for the exceptions, and each tampered copy is refused. */
export function expectedOf({ exceptions }: Implementation, { tampered }: Outcome): Outcome {
  const carried = (way: string): readonly string[] =>
    names.filter((shape) => !exceptions.some(({ when, shapes }) => when.includes(way) && shapes.includes(shape)))
  return { ours: carried('reading'), theirs: carried('signing'), tampered, refusedByThem: tampered, refusedByUs: tampered }
}
