/** The three entry points, as the cases use them. */
import * as core from 'hs256'
import * as http from 'hs256/http'
import type * as Sync from 'hs256/sync'

/** The library, or a sabotaged copy of it; without `sync` if there is no `node:crypto`. */
export interface Doors {
  readonly core: typeof core
  readonly http: typeof http
  readonly sync: typeof Sync | undefined
}

/** Imports the entry points that this runtime supports. */
export async function openDoors(): Promise<Doors> {
  const key = core.createKey(new Uint8Array(32))
  try {
    const sync = await import('hs256/sync')
    sync.signSync({}, key, { expiresIn: 'never' }) // browsers get an empty node:crypto, which fails only when it is used
    return { core, http, sync }
  } catch {
    return { core, http, sync: undefined }
  }
}
