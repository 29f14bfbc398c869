/** docs/errors.md lists every message of `support/messages.ts`, which has all of src/ (messages-pinned.test.ts), and no other. */
import { describe, expect, it } from 'vitest'
import { read } from './support/docs-pages.ts'
import { ADVICE, ANSWERS, MESSAGES } from './support/messages.ts'

/** A message and the class of its error; on the page, `…` stands for each part that varies. */
interface Message {
  readonly kind: string
  readonly text: string
}

const ANSWER = 'answer'

/** The rows of all tables in a section, each as its cells; the section ends at the next heading of its level. */
function rowsOf(page: string, heading: string): readonly (readonly string[])[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? ''
  const tables = section.split(/\n\n+/).filter((block) => block.startsWith('|'))
  const rows = tables.flatMap((table) => table.trim().split('\n').slice(2))
  return rows.map((row) => row.split(/ +\| +|^\| +| +\|$/).slice(1, -1))
}

const codeIn = (cell = ''): string => /`([^`]+)`/.exec(cell)?.[1] ?? ''

/** What a page may write for each class, and the errors of the bodies that `answer` writes. */
const KIND_OF: Readonly<Record<string, string>> = { missing_token: ANSWER, cross_origin: ANSWER, insufficient_scope: ANSWER }
const kindOf = (code: string): string =>
  KIND_OF[code] ?? code.replace(/^ERR_JWT_\w+$/, (name) => `Jwt${name.slice(8).split('_').map(capitalized).join('')}Error`)
const capitalized = (word: string): string => `${word.slice(0, 1)}${word.slice(1).toLowerCase()}`

/** Every message of the page. A mistake is a `TypeError` unless its class stands before it. */
function messagesOn(page: string): readonly Message[] {
  const ofTokens = rowsOf(page, 'Messages about tokens').map(([code, message]) => ({
    kind: kindOf(codeIn(code)),
    text: codeIn(message),
  }))
  const ofMistakes = rowsOf(page, 'Mistakes in the program').map(([message]) => {
    const [, kind = 'TypeError', text = ''] = /^(?:(\w+Error): )?(.*)$/.exec(codeIn(message)) ?? []
    return { kind, text }
  })
  return [...ofTokens, ...ofMistakes]
}

/** How the page differs from the messages. Each message is meant by the most specific row that it matches. */
function differencesOf(messages: readonly Message[], page: readonly Message[]): readonly string[] {
  const literalLength = ({ text }: Message): number => text.replaceAll('…', '').length
  const mostSpecific = [...page].sort((a, b) => literalLength(b) - literalLength(a))
  const meant = messages.map((message) => mostSpecific.find((row) => isMessage(message, row)))
  const missing = messages.filter((_, index) => meant[index] === undefined).map(({ kind, text }) => `not on the page: ${kind}: ${text}`)
  const gone = page.filter((row) => !meant.includes(row)).map(({ kind, text }) => `no message, or twice on the page: ${kind}: ${text}`)
  return [...missing, ...gone]
}

const isMessage = (message: Message, { kind, text }: Message): boolean => {
  const pattern = text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '.+')
  return message.kind === kind && new RegExp(`^${pattern}$`).test(message.text)
}

const PAGE = read('docs/errors.md')
const PINNED: readonly Message[] = [
  ...Object.entries(MESSAGES).flatMap(([kind, messages]) => Object.keys(messages).map((text) => ({ kind, text }))),
  ...ADVICE.map(([advice]) => ({ kind: 'TypeError', text: `unknown option x: ${advice}` })),
  ...Object.keys(ANSWERS).flatMap((answer) => {
    const { error, message } = JSON.parse(answer.slice(answer.indexOf('{'))) as { readonly error: string; readonly message: string }
    return Object.hasOwn(KIND_OF, error) ? [{ kind: ANSWER, text: message }] : []
  }),
  { kind: 'JwtClaimError', text: 'token is revoked' }, // of http-authenticate.test.ts
  { kind: 'TypeError', text: 'the key function or the schema returned a promise: use createVerifier or verify' }, // of sync.test.ts
]

describe('docs/errors.md', () => {
  it('lists every message once, and no other', () => {
    expect(messagesOn(PAGE).length).toBeGreaterThan(80)
    expect(differencesOf(PINNED, messagesOn(PAGE))).toEqual([])
  })

  it('has a word or more of each message, and not only what varies', () => {
    expect(messagesOn(PAGE).filter(({ text }) => !/[a-z]{2,} [a-z]{2,}/.test(text.replaceAll('…', '')))).toEqual([])
  })

  it('says the cause and what to do, in every row', () => {
    const rows = ['Messages about tokens', 'Mistakes in the program'].flatMap((heading) => rowsOf(PAGE, heading))
    expect(rows.filter((cells) => cells.length !== 3 || cells.includes(''))).toEqual([])
  })
})

describe('the check of docs/errors.md', () => {
  it('finds a message that only one side has', () => {
    const of = (text: string, kind = 'TypeError'): Message => ({ kind, text })
    const [general, special, named] = [of('… must be a string'), of('header … must be a string'), of('sub must be a string')]
    expect(differencesOf([named, of('header a must be a string')], [general, special])).toEqual([])
    expect(differencesOf([named, of('kid is empty')], [general])).toEqual(['not on the page: TypeError: kid is empty'])
    const gone = 'no message, or twice on the page: TypeError: '
    expect(differencesOf([named], [general, special])).toEqual([`${gone}header … must be a string`])
    expect(differencesOf([named], [general, { ...general }])).toEqual([`${gone}… must be a string`])
    expect(differencesOf([of(named.text, 'RangeError')], [general])).toHaveLength(2)
  })
})
