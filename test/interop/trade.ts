/** Trades tokens with one implementation, both ways, and tells what came of it. */
import { isDeepStrictEqual } from 'node:util'
import { createKey, decodeUnverified, JwtAlgorithmError, JwtMalformedError, JwtSignatureError, sign, verify } from 'hs256'
import { EXP, SHAPES } from './claim-shapes.ts'
import { ask, SECRET } from './conversation.ts'
import { tamper } from './tampering.ts'

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

type Claims = Readonly<Record<string, unknown>>

const key = createKey(SECRET)
const names = Object.keys(SHAPES)

/** Trades a token of each claim shape, and its tampered copies, each way. */
export async function trade(program: string): Promise<Outcome> {
  const shapes = Object.values(SHAPES).map((json) => ({ ...(JSON.parse(json) as Claims), exp: EXP }))
  const ours = await Promise.all(shapes.map((claims) => sign(claims, key)))
  const answers = await ask(program, [...requests('verify', ours), ...requests('sign', shapes.map(toJson))])
  const readings = answers.slice(0, ours.length)
  const theirs = answers.slice(ours.length)

  const verified = await Promise.all(theirs.map(readOwn))
  const copies = [...ours, ...theirs.filter((token) => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token))].flatMap(tamper)
  const refusals = await ask(program, requests('verify', copies))
  const ownRefusals = await Promise.all(copies.map(isRefused))
  return {
    ours: names.filter((_, index) => isDeepStrictEqual(parse(readings[index]), toPlain(decodeUnverified(ours[index]!).claims))),
    theirs: names.filter((_, index) => isDeepStrictEqual(verified[index], toPlain(shapes[index]))),
    tampered: copies.length,
    refusedByThem: refusals.filter((answer) => answer.startsWith('refused')).length,
    refusedByUs: ownRefusals.filter(Boolean).length,
  }
}

const requests = (verb: string, list: readonly string[]): readonly string[] => list.map((argument) => `${verb} ${argument}`)
const toJson = (claims: Claims): string => JSON.stringify(claims)
const toPlain = (claims: unknown): unknown => parse(JSON.stringify(claims))

function parse(json = ''): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

async function readOwn(token: string): Promise<unknown> {
  const { claims } = await verify(token, key, { ignoreAudience: true }).catch(() => ({ claims: undefined }))
  return claims === undefined ? undefined : toPlain(claims)
}

/** Whether we refuse a copy, for a reason that such a copy gives. */
async function isRefused(copy: string): Promise<boolean> {
  const error: unknown = await verify(copy, key, { ignoreAudience: true }).catch((caught: unknown) => caught)
  return [JwtSignatureError, JwtAlgorithmError, JwtMalformedError].some((kind) => error instanceof kind)
}
