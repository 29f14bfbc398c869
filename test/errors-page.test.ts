/**
 * docs/errors.md lists every code, and every message of `support/messages.ts`, which has all of src/ (messages-pinned.test.ts), and no
 * other; docs/claims.md lists every rule.
 */
import * as hs256 from 'hs256'
import { describe, expect, it } from 'vitest'
import { read } from './support/docs-pages.ts'
import { CLASSES, KINDS } from './support/error-kinds.ts'
import { ADVICE, ANSWERS, MESSAGES } from './support/messages.ts'
import { RULES } from './support/rules.ts'

/** A message and the class of its error; on the page, `…` stands for each part that varies. */
interface Message {
  readonly kind: string
  readonly text: string
}

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

/** Every message of the page. A mistake is a `TypeError` unless its class stands before it. */
const SHOWN: readonly Message[] = [
  ...ABOUT_TOKENS.map(([code, message]) => ({ kind: CODES.get(codeIn(code)) ?? ANSWER, text: codeIn(message) })),
  ...MISTAKES.map(([message]) => {
    const [, kind = 'TypeError', text = ''] = /^(?:(\w+Error): )?(.*)$/.exec(codeIn(message)) ?? []
    return { kind, text }
  }),
]

const PINNED: readonly Message[] = [
  ...Object.entries(MESSAGES).flatMap(([kind, messages]) => Object.keys(messages).map((text) => ({ kind, text }))),
  ...ADVICE.map(([advice]) => ({ kind: 'TypeError', text: `unknown option x: ${advice}` })),
  ...Object.keys(ANSWERS).flatMap((answer) => {
    const { error, message } = JSON.parse(answer.slice(answer.indexOf('{'))) as { readonly error: string; readonly message: string }
    return ANSWERED.includes(error) ? [{ kind: ANSWER, text: message }] : []
  }),
  { kind: 'JwtClaimError', text: 'token is revoked' }, // of http-authenticate.test.ts
  { kind: 'TypeError', text: 'the key function or the schema returned a promise: use createVerifier or verify' }, // of sync.test.ts
]

/** Messages that are not on the page, and rows without a message, or that stand twice. Each message is meant by the most specific row. */
function differencesOf(messages: readonly Message[], page: readonly Message[]) {
  const literalLength = ({ text }: Message): number => text.replaceAll('…', '').length
  const mostSpecific = [...page].sort((a, b) => literalLength(b) - literalLength(a))
  const meant = messages.map((message) => mostSpecific.find((row) => isMessage(message, row)))
  return { missing: messages.filter((_, index) => meant[index] === undefined), gone: page.filter((row) => !meant.includes(row)) }
}

const isMessage = (message: Message, { kind, text }: Message): boolean => {
  const pattern = text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '.+')
  return message.kind === kind && new RegExp(`^${pattern}$`).test(message.text)
}

describe('docs/errors.md', () => {
  it('has one row for each code', () => {
    const classes = Object.keys(hs256).filter((name) => /^Jwt.+Error$/.test(name))
    expect(classes.sort()).toEqual(CLASSES.slice(1).sort())
    expect(rowsOf(PAGE, 'Errors').map(([code]) => codeIn(code))).toEqual([...CODES.keys()])
    expect([...CODES.values()]).toEqual(CLASSES.slice(1))
  })

  it('lists every message once, and no other', () => {
    expect(SHOWN.length).toBeGreaterThan(80)
    expect(differencesOf(PINNED, SHOWN)).toEqual({ missing: [], gone: [] })
  })

  it('has a word or more of each message, and not only what varies', () => {
    expect(SHOWN.filter(({ text }) => !/[a-z]{2,} [a-z]{2,}/.test(text.replaceAll('…', '')))).toEqual([])
  })

  it('says the cause and what to do, in every row', () => {
    expect([...ABOUT_TOKENS, ...MISTAKES].filter((cells) => cells.length !== 3 || cells.includes(''))).toEqual([])
  })

  it('is read by a check that finds a message that only one side has', () => {
    const of = (text: string, kind = 'TypeError'): Message => ({ kind, text })
    const [general, special, named] = [of('… must be a string'), of('header … must be a string'), of('sub must be a string')]
    const [other, range] = [of('kid is empty'), of('sub must be a string', 'RangeError')]
    expect(differencesOf([named, of('header a must be a string')], [general, special])).toEqual({ missing: [], gone: [] })
    expect(differencesOf([named, other, range], [general, special])).toEqual({ missing: [other, range], gone: [special] })
    expect(differencesOf([named], [general, { ...general }])).toEqual({ missing: [], gone: [general] })
  })
})

describe('docs/claims.md', () => {
  it('has one row for each rule, in the order in which they judge', () => {
    expect(rowsOf(read('docs/claims.md'), 'Claims').map(([rule]) => codeIn(rule))).toEqual(RULES)
  })
})
