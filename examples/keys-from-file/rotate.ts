/** Rotates the keys of a file in three edits, in the order that rejects no request. In Kubernetes, edit the Secret likewise. */
import { open, readFile, rename } from 'node:fs/promises'
import { generateSecret } from 'hs256'

/** A key in the file. */
export interface FileKey {
  readonly kty: 'oct'
  readonly kid: string
  readonly k: string
}

/** When to go on with the next edit. */
export interface Pauses {
  /** Resolves once every service uses the file as it is. */
  readonly everywhere: () => Promise<unknown>
  /** Resolves once the last token of the old keys has expired: that takes the longest lifetime and the `clockTolerance`. */
  readonly untilLastExpires: () => Promise<unknown>
  /** Gets a line about each edit that every service uses. Default: none. */
  readonly tell?: (step: string) => void
}

/** Makes a key. */
export function newKey(kid: string): FileKey {
  return { kty: 'oct', kid, k: generateSecret() }
}

/** Adds a key, lets it sign, and removes all others. */
export async function rotateFile(path: string, next: FileKey, { everywhere, untilLastExpires, tell = () => {} }: Pauses): Promise<void> {
  await edit(path, (keys) => [...keys, next])
  await everywhere()
  const { kid } = next
  tell(`1. ${kid} is added at the end: every service knows it before it signs a token`)

  await edit(path, (keys) => [...keys.slice(-1), ...keys.slice(0, -1)])
  await everywhere()
  tell(`2. ${kid} is moved to the front: it signs, and the old key still verifies`)

  await untilLastExpires()
  await edit(path, (keys) => keys.slice(0, 1))
  await everywhere()
  tell(`3. only ${kid} is left: the last token of the old key has expired`)
}

/** The keys in a file. */
export async function readKeys(path: string): Promise<readonly FileKey[]> {
  return (JSON.parse(await readFile(path, 'utf8')) as { readonly keys: readonly FileKey[] }).keys
}

/** Writes a file that only its owner can read, and that is never there by halves. */
export async function writeKeys(path: string, keys: readonly FileKey[]): Promise<void> {
  const file = await open(`${path}.new`, 'w', 0o600)
  await file.writeFile(`${JSON.stringify({ keys }, undefined, 2)}\n`)
  await file.sync()
  await file.close()
  await rename(`${path}.new`, path)
}

async function edit(path: string, change: (keys: readonly FileKey[]) => readonly FileKey[]): Promise<void> {
  await writeKeys(path, change(await readKeys(path)))
}
