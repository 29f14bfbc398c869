/** What is to be known of an implementation that hs256 trades tokens with. */

/** What an implementation does not carry, by its own nature or that of its language. It must be so: an exception that is none is a miss, too. */
export interface Exception {
  /** The claim shapes, by name. */
  readonly shapes: readonly string[]
  /** Which way: tokens of ours that it does not read as they are, or claims that it does not sign as they are. */
  readonly way: 'reading' | 'signing' | 'both'
  readonly reason: string
}

/** An implementation. */
export interface Implementation {
  readonly name: string
  readonly language: string
  /** Its package of Debian or npm; the version is asked there. */
  readonly from: { readonly debian: string } | { readonly npm: string }
  /** What it needs beside, of Debian. */
  readonly needs?: readonly string[]
  /** How its program is built from `peers/` into the folder `$OUT`. */
  readonly build?: string
  /** How its program is run. */
  readonly run: string
  readonly exceptions?: readonly Exception[]
}
