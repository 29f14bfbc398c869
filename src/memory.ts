/**
 * The option `remember`: tokens whose MAC was right, so that it is not computed again. It remembers
 * a fact that no time changes, the MAC of a string under a key, and no verdict.
 */
import { parseJson } from './json.ts'
import { isFlat, type Jws } from './jws.ts'
import type { JwtKey } from './key.ts'
import type { PlainObject } from './object.ts'
import { defineOptions } from './options.ts'
import { copyText } from './utf8.ts'

/** A token whose MAC was right. */
export interface Remembered extends Omit<Jws, 'payload'> {
  /** All of it: only the very same string is this token. */
  readonly token: string
  /** Never handed out: each caller gets a copy. */
  readonly payload: PlainObject
  /** The key that made the MAC. */
  key: JwtKey
  /** About how many bytes it takes, which count like characters. */
  readonly size: number
  /** The number of the younger half that it was last moved to. */
  generation: number
}

/** Reads the option `remember`: a number of characters, or 0. */
function readRemember(value: unknown, name: string): number {
  const isCount = Number.isSafeInteger(value) && Number(value) <= 2 ** 30
  if (value === 0 || (isCount && Number(value) >= 4096)) return Number(value)
  throw new TypeError(`${name} must be 0, or an integer from 4096 to 2^30: a number of characters`)
}

/** The option `remember`, only for functions that are made once and reused. */
export const REMEMBER_OPTION = /* @__PURE__ */ defineOptions({ remember: [readRemember, 0] })

/** Remembers tokens. */
export interface Memory {
  /** Finds a token. */
  readonly find: (token: unknown) => Remembered | undefined
  /** Remembers a verified token, or keeps one that was found for longer. */
  readonly keep: (token: string, jws: Jws | Remembered, key: JwtKey, found?: Remembered) => void
}

/**
 * Makes a memory of this size, or none if it is 0. It has two halves: a token that is used moves to
 * the younger half; when that is full, the older half is forgotten. A token is remembered at its
 * second appearance, so tokens that come only once push out no others.
 *
 * Tokens are found by their MAC, which is short and cannot be chosen without the secret.
 */
export function createMemory(limit: number): Memory | undefined {
  if (limit === 0) return undefined
  let young = new Map<string, Remembered>()
  let old = new Map<string, Remembered>()
  let used = 0
  let generation = 0
  const largest = Math.max(limit / 32, 2048) // so that a few large tokens push out no others
  const seen = new Int32Array(2 ** Math.ceil(Math.log2(limit / 64)))

  /** Whether a MAC has come before, with not too many others since. */
  function comesAgain(mac: string): boolean {
    let hash = 0
    for (let i = 0; i < 8; i++) hash = Math.imul(hash, 65) ^ mac.charCodeAt(i)
    const at = hash & (seen.length - 2) // a pair of places, as two that come again may share it
    if (seen[at] === hash || seen[at + 1] === hash) return true
    seen[at + 1] = Number(seen[at])
    seen[at] = hash
    return false
  }

  function find(token: unknown): Remembered | undefined {
    if (typeof token !== 'string') return undefined
    const mac = token.slice(-43)
    const found = young.get(mac) ?? old.get(mac)
    return found?.token === token ? found : undefined
  }

  return {
    find,
    keep(token, jws, key, found) {
      if (found === undefined && !comesAgain(jws.mac)) return
      const entry = found ?? find(token) ?? toRemembered(token, jws, key, largest)
      if (entry === undefined) return
      entry.key = key
      if (entry.generation === generation) return
      used += entry.size
      if (used > limit / 2) {
        old = young
        young = new Map()
        used = entry.size
        generation++
      }
      entry.generation = generation
      young.set(entry.mac, entry)
    },
  }
}

/** What an entry takes besides its token and its claims. */
const ENTRY = 400

/**
 * Parses the payload again, because the caller may change the claims that it got. Returns
 * `undefined` for a token that is too large, nested too deeply, or has a header that is not frozen.
 */
function toRemembered(
  token: string,
  { header, payload }: Jws | Remembered,
  key: JwtKey,
  largest: number,
): Remembered | undefined {
  if (typeof payload !== 'string' || !isFlat(header)) return undefined
  const size = ENTRY + token.length + 100 * Object.keys(header).length + sizeOf(payload)
  if (size > largest) return undefined
  const copy = copyText(token)
  return {
    token: copy,
    header,
    // Stryker disable next-line StringLiteral: it parsed before, so no error can mention the part
    payload: parseJson(payload, 'payload'),
    signingInput: copy.slice(0, -44),
    mac: copy.slice(-43),
    key,
    size,
    generation: -1,
  }
}

/** How deeply remembered claims may be nested. Copies are recursive. */
const MAX_DEPTH = 32

/** About how many bytes a JSON text takes when it is parsed; `Infinity` if it is nested deeply. */
function sizeOf(json: string): number {
  let size = 0
  let depth = 0
  for (const character of json) {
    if (character === '{' || character === '[') {
      size += 96
      if (++depth > MAX_DEPTH) return Infinity
    } else if (character === '}' || character === ']') depth--
    else if (character === ':') size += 16
    else if (character === ',') size += 8
  }
  return size
}
