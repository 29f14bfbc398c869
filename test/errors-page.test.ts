/**
 * docs/errors.md lists every code, and every message of `support/messages.ts`, which has all of src/ (messages-pinned.test.ts), and no
 * other; docs/claims.md lists every rule.
 */
import { describe, expect, it } from 'vitest'
import { read } from './support/docs-pages.ts'
import { CLASSES, KINDS } from './support/error-kinds.ts'
import { ADVICE, ANSWERS, MESSAGES } from './support/messages.ts'
import { RULES } from './support/rules.ts'

/** The rows of all tables in a section, each as its cells; the section ends at the next heading of its level, or of one above. */
function rowsOf(page: string, heading: string): readonly (readonly string[])[] {
  const section = page.split(/^##? /m).find((part) => part.startsWith(`${heading}\n`)) ?? ''
  const tables = section.split(/\n\n+/).filter((block) => block.startsWith('|'))
  const rows = tables.flatMap((table) => table.trim().split('\n').slice(2))
  return rows.map((row) => row.split(/ +\| +|^\| +| +\|$/).slice(1, -1))
}

const codeIn = (cell = ''): string => /`([^`]+)`/.exec(cell)?.[1] ?? ''

const PAGE = read('docs/errors.md')
const ABOUT_TOKENS = rowsOf(PAGE, 'Messages about tokens')
const MISTAKES = rowsOf(PAGE, 'Mistakes in the program')

/** The class of each code. */
const CODES = new Map(KINDS.map(({ code, is }) => [code, is[0]]))
const ANSWER = 'answer'
const ANSWERED = ['missing_token', 'cross_origin', 'insufficient_scope']

/** Every message of the page, after the class of its error; `…` stands for each part that varies. A mistake is a `TypeError` unless its class stands there. */
const SHOWN: readonly string[] = [
  ...ABOUT_TOKENS.map(([code, message]) => `${CODES.get(codeIn(code)) ?? ANSWER}: ${codeIn(message)}`),
  ...MISTAKES.map(([message]) => codeIn(message).replace(/^(?!\w+Error: )/, 'TypeError: ')),
]

const PINNED: readonly string[] = [
  ...Object.entries(MESSAGES).flatMap(([kind, messages]) => Object.keys(messages).map((text) => `${kind}: ${text}`)),
  ...ADVICE.map(([advice]) => `TypeError: unknown option x: ${advice}`),
  ...Object.keys(ANSWERS).flatMap((answer) => {
    const { error, message } = JSON.parse(answer.slice(answer.indexOf('{'))) as { readonly error: string; readonly message: string }
    return ANSWERED.includes(error) ? [`${ANSWER}: ${message}`] : []
  }),
  'JwtClaimError: token is revoked', // of http-authenticate.test.ts
  'TypeError: the key function or the schema returned a promise: use createVerifier or verify', // of sync.test.ts
]

/** Messages that are not on the page, and rows without a message, or that stand twice. Each message is meant by the most specific row. */
function differencesOf(messages: readonly string[], page: readonly string[]) {
  const rows = page.map((text) => {
    const pattern = text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '.+')
    return { text, length: text.replaceAll('…', '').length, is: new RegExp(`^${pattern}$`) }
  })
  rows.sort((one, other) => other.length - one.length)
  const meant = messages.map((message) => rows.find(({ is }) => is.test(message)))
  const gone = rows.filter((row) => !meant.includes(row)).map(({ text }) => text)
  return { missing: messages.filter((_, index) => meant[index] === undefined), gone }
}

describe('docs/errors.md', () => {
  it('has one row for each code', () => {
    expect(rowsOf(PAGE, 'Errors').map(([code]) => codeIn(code))).toEqual([...CODES.keys()])
    expect([...CODES.values()]).toEqual(CLASSES.slice(1))
  })

  it('lists every message once, and no other', () => {
    expect(SHOWN.length).toBeGreaterThan(80)
    expect(differencesOf(PINNED, SHOWN)).toEqual({ missing: [], gone: [] })
  })

  it('has a word or more of each message, and not only what varies', () => {
    expect(SHOWN.filter((text) => !/[a-z]{2,} [a-z]{2,}/.test(text.replaceAll('…', '')))).toEqual([])
  })

  it('says the cause and what to do, in every row', () => {
    expect([...ABOUT_TOKENS, ...MISTAKES].filter((cells) => cells.length !== 3 || cells.includes(''))).toEqual([])
  })

  it('is read by a check that finds a message that only one side has', () => {
    const [general, special, named, other] = ['A: … must be', 'A: header … must be', 'A: sub must be', 'B: sub must be']
    expect(differencesOf([named, 'A: header a must be'], [general, special])).toEqual({ missing: [], gone: [] })
    expect(differencesOf([named, other], [general, special, general])).toEqual({ missing: [other], gone: [special, general] })
  })
})

it('docs/claims.md has one row for each rule, in the order in which they judge', () => {
  expect(rowsOf(read('docs/claims.md'), 'Claims').map(([rule]) => codeIn(rule))).toEqual(RULES)
})
