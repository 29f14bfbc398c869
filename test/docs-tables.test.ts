/** The tables of the guides tell all that there is, and nothing that is gone: codes, messages and rules. */
import * as hs256 from 'hs256'
import { describe, expect, it } from 'vitest'
import { RULES } from '../src/jwt/rules.ts'
import { filesOf, read } from './docs-pages.ts'

const ERRORS = read('docs/errors.md')
const CLAIMS = read('docs/claims.md')

/** The cells of each row of a section's tables. */
function rowsOf(page: string, heading: string): readonly (readonly string[])[] {
  const section = page.split(/^#+ /m).find((part) => part.startsWith(heading)) ?? ''
  const rows = section.split('\n').filter((line) => line.startsWith('|') && !line.startsWith('| -'))
  return rows.slice(1).map((row) => row.split(/ +\| +|^\| +| +\|$/).slice(1, -1))
}

const codeIn = (cell = ''): string => /`([^`]+)`/.exec(cell)?.[1] ?? ''

/** What is pinned of each error by test/messages.test.ts. */
const PINNED = [...read('test/messages.test.ts').matchAll(/^ +"[^"]+": "(\w+Error: .+)",$/gm)].map(([, message = '']) => message)

/** What the other tests hold to. */
const TESTS = filesOf('test', '.test.ts').map(read).join('\n')

/** A message of a page as an expression, where `…` is anything; the class stands before it. */
function patternOf(message: string): RegExp {
  return new RegExp(`^${message.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '.+')}$`)
}

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
  const messages = rowsOf(ERRORS, 'Messages of a refused token').map(
    ([code, message]) => [codeIn(code), patternOf(codeIn(message))] as const,
  )
  const mistakes = rowsOf(ERRORS, 'Mistakes of the program').map(([message]) => codeIn(message))
  const refusals = PINNED.filter((message) => message.startsWith('Jwt'))

  it('has one row for each code, and each class', () => {
    const classes = Object.keys(hs256).filter((name) => /^Jwt.+Error$/.test(name))
    expect(classes.sort()).toEqual(Object.keys(CODES).sort())
    expect(rowsOf(ERRORS, 'Errors').map(([code]) => codeIn(code))).toEqual(Object.values(CODES))
  })

  it.each(refusals)('explains the message: %s', (pinned) => {
    const [name = '', message = ''] = pinned.split(/: (.*)/)
    expect(messages.filter(([code, pattern]) => code === CODES[name] && pattern.test(message))).not.toEqual([])
  })

  it('explains no message that is gone', () => {
    const texts = [...refusals, 'JwtClaimError: token is revoked'].map((pinned) => pinned.replace(/^\w+: /, ''))
    expect(messages.filter(([, pattern]) => !texts.some((text) => pattern.test(text)))).toEqual([])
    const isPinned = (message: string): boolean =>
      PINNED.some((pinned) => patternOf(message).test(pinned)) || TESTS.includes(message.replace(/^\w+: /, ''))
    expect(mistakes.filter((message) => !isPinned(message))).toEqual([])
    expect([messages.length > 20, mistakes.length > 10, refusals.length > 30]).toEqual([true, true, true])
  })
})

describe('docs/claims.md', () => {
  it('has one row for each rule, in the order in which they judge', () => {
    expect(rowsOf(CLAIMS, 'Claims').map(([rule]) => codeIn(rule))).toEqual(Object.keys(RULES))
  })
})

describe('the check of the tables', () => {
  it('reads rows, and takes … for anything', () => {
    expect(rowsOf('# A\n\n| a | b |\n| - | - |\n| `c` | d |\n\n# B\n\n| e |\n', 'A')).toEqual([['`c`', 'd']])
    expect(['token has no exp', 'token has no ', 'a token has no exp'].map((text) => patternOf('token has no …').test(text))).toEqual([
      true,
      false,
      false,
    ])
  })
})
