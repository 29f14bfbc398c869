/** The tables of the guides are complete: codes and rules. errors-page.test.ts checks the messages. */
import * as hs256 from 'hs256'
import { describe, expect, it } from 'vitest'
import { read } from './support/docs-pages.ts'
import { RULES } from './support/rules.ts'

const ERRORS = read('docs/errors.md')
const CLAIMS = read('docs/claims.md')

/** The cells of each row of a section's tables. */
function rowsOf(page: string, heading: string): readonly (readonly string[])[] {
  const section = page.split(/^#+ /m).find((part) => part.startsWith(heading)) ?? ''
  const rows = section.split('\n').filter((line) => line.startsWith('|') && !line.startsWith('| -'))
  return rows.slice(1).map((row) => row.split(/ +\| +|^\| +| +\|$/).slice(1, -1))
}

const codeIn = (cell = ''): string => /`([^`]+)`/.exec(cell)?.[1] ?? ''

/** The code of each class of error. */
const CODES: Readonly<Record<string, string>> = {
  JwtMalformedError: 'ERR_JWT_MALFORMED',
  JwtAlgorithmError: 'ERR_JWT_ALGORITHM',
  JwtKeyNotFoundError: 'ERR_JWT_KEY_NOT_FOUND',
  JwtSignatureError: 'ERR_JWT_SIGNATURE',
  JwtClaimError: 'ERR_JWT_CLAIM',
  JwtExpiredError: 'ERR_JWT_EXPIRED',
  JwtNotYetValidError: 'ERR_JWT_NOT_YET_VALID',
}

describe('docs/errors.md', () => {
  it('has one row for each code, and each class', () => {
    const classes = Object.keys(hs256).filter((name) => /^Jwt.+Error$/.test(name))
    expect(classes.sort()).toEqual(Object.keys(CODES).sort())
    expect(rowsOf(ERRORS, 'Errors').map(([code]) => codeIn(code))).toEqual(Object.values(CODES))
  })
})

describe('docs/claims.md', () => {
  it('has one row for each rule, in the order in which they judge', () => {
    expect(rowsOf(CLAIMS, 'Claims').map(([rule]) => codeIn(rule))).toEqual(RULES)
  })
})

describe('the check of the tables', () => {
  it('reads the rows of one section', () => {
    expect(rowsOf('# A\n\n| a | b |\n| - | - |\n| `c` | d |\n\n# B\n\n| e |\n', 'A')).toEqual([['`c`', 'd']])
  })
})
