/** Keys from a mounted file, such as a Kubernetes or Docker secret: a JWK Set (RFC 7517 §5) of `oct` keys, read again when it changes. */
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { createKey, createVerifier, type JwtKey, type SymmetricJwk } from 'hs256'

/** Options of `openKeyFile`. */
export interface KeyFileOptions {
  /** How often the file is read, in milliseconds. Default: 1000. */
  readonly interval?: number
  /** Gets a message when keys are replaced, and when a broken file is not used. It contains nothing of the file but the `kid`s in use. Default: `console.error`. */
  readonly report?: (message: string) => void
}

/** A key file in use. */
export interface KeyFile {
  /** The current keys: the first signs, all of them verify. Pass this function to guards, and call it for each signature. */
  readonly keys: () => readonly JwtKey[]
  /** Reads the file no more. */
  readonly close: () => void
}

/**
 * Reads the file now and then again and again. That is simpler than file events, and also works with symbolic links that are swapped
 * and with network file systems. A file that is broken, half-written or missing is reported, and the keys in use stay.
 * @throws {Error} if the file is unusable at the start
 */
export function openKeyFile(path: string, { interval = 1000, report = console.error }: KeyFileOptions = {}): KeyFile {
  let seen: string | undefined = readFileSync(path, 'utf8')
  let keys = toKeys(seen)
  const closing = new AbortController()

  async function look(): Promise<void> {
    const text = await readFile(path, 'utf8').catch(() => undefined)
    if (text === seen || closing.signal.aborted) return // nothing is replaced or reported a second time, or after close
    seen = text
    try {
      keys = toKeys(text)
      report(`the key file has changed; keys in use: ${kidsOf(keys)}`)
    } catch (error) {
      report(`the key file is not used: ${(error as Error).message}; keys still in use: ${kidsOf(keys)}`)
    }
  }
  async function watch(): Promise<void> {
    for (;;) {
      await sleep(interval, undefined, { ref: false, signal: closing.signal })
      await look()
    }
  }
  watch().catch(() => {}) // it was closed
  return { keys: () => keys, close: () => closing.abort() }
}

/** Reads a JWK Set. It throws unless all keys are usable: a set counts as a whole or not at all. */
function toKeys(text: string | undefined): readonly JwtKey[] {
  const keys = readSet(text).map((jwk) => createKey(jwk as SymmetricJwk))
  if (keys.some(({ kid }) => kid === undefined)) throw new TypeError('a key has no kid')
  createVerifier(keys) // throws for an empty list, too many keys, or two with the same kid
  return keys
}

function readSet(text: string | undefined): readonly unknown[] {
  if (text === undefined) throw new TypeError('it cannot be read')
  let set: unknown
  try {
    set = JSON.parse(text)
  } catch {
    throw new TypeError('it is not JSON') // the parser's own message would quote the file
  }
  const { keys } = Object(set) as { readonly keys?: unknown }
  if (!Array.isArray(keys)) throw new TypeError('it is not a JWK Set')
  return keys
}

function kidsOf(keys: readonly JwtKey[]): string {
  return keys.map(({ kid }) => kid).join(', ')
}
