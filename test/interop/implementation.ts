/** An implementation that exchanges tokens with hs256. */

/** Claims that an implementation, or its language, does not preserve. If it preserves them after all, that is a miss, too. */
export interface Exception {
  /** The claim shapes, by name. */
  readonly shapes: readonly string[]
  /** Whether it changes claims when it reads our tokens, when it signs, or both. */
  readonly way: 'reading' | 'signing' | 'both'
  readonly reason: string
}

/** An implementation. */
export interface Implementation {
  readonly name: string
  readonly language: string
  /** Its Debian or npm package, which has the version. */
  readonly from: { readonly debian: string } | { readonly npm: string }
  /** Further Debian packages that it needs. */
  readonly needs?: readonly string[]
  /** The command that builds its program from `peers/` into the folder `$OUT`. */
  readonly build?: string
  /** The command that runs its program. */
  readonly run: string
  readonly exceptions?: readonly Exception[]
}
