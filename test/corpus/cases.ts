/** The corpus: every case, of every topic. */
import { algorithms } from './algorithms.ts'
import { authorizations } from './authorizations.ts'
import type { Case } from './case.ts'
import { claimCases, claimTypes } from './claim-sets.ts'
import { durations } from './durations.ts'
import { extensions } from './extensions.ts'
import { goodTokens } from './good-tokens.ts'
import { audiences, identities } from './identities.ts'
import { keyIds } from './key-ids.ts'
import { leaks } from './leaks.ts'
import { mistypedClaims } from './mistyped-claims.ts'
import { numbers, numbersToSign } from './numbers.ts'
import { optionCases, optionValues } from './option-sets.ts'
import { origins, requestCookies } from './request-cookies.ts'
import { responseHeaders } from './response-headers.ts'
import { knownSecrets, overlookedCharacters, secretCases } from './secrets.ts'
import { signatures } from './signatures.ts'
import { sizes } from './sizes.ts'
import { spellings } from './spellings.ts'
import { texts } from './texts.ts'
import { times } from './times.ts'

/** The topics. */
export const TOPICS: Readonly<Record<string, readonly Case[]>> = {
  'good tokens': goodTokens,
  algorithms,
  secrets: secretCases,
  'known secrets': knownSecrets,
  'overlooked characters': overlookedCharacters,
  'key ids': keyIds,
  extensions,
  spellings,
  texts,
  signatures,
  sizes,
  times,
  numbers,
  identities,
  audiences,
  leaks,
  options: optionCases,
  'option values': optionValues,
  durations,
  claims: claimCases,
  'claim types': claimTypes,
  'numbers to sign': numbersToSign,
  'mistyped claims': mistypedClaims,
  authorizations,
  'request cookies': requestCookies,
  origins,
  'response headers': responseHeaders,
}

export const CASES: readonly Case[] = Object.values(TOPICS).flat()
