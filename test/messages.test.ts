/** Every call of `support/messages.ts` fails with its message. `messages-pinned.test.ts` checks that none is missing there; `engines.test.ts` runs this over `hs256/sync`. */
import type * as http from 'hs256/http'
import { describe, expect, it } from 'vitest'
import { ADVICE, ANSWERS, MESSAGES, TAKING } from './support/messages.ts'
import { outcome } from './support/outcome.ts'

describe.each(Object.entries(MESSAGES))('a %s', (kind, messages) => {
  it.each(Object.entries(messages))('says: %s', async (message, throwing) => {
    expect(message, 'one sentence in lower case, without a full stop').toMatch(/^(?:[a-z]|Web Crypto)[^\n]*[^.\s]$/)
    expect(throwing.length).toBeGreaterThan(0)
    for (const call of throwing.flat()) expect(String(await outcome(call)), String(call)).toBe(`${kind}: ${message}`)
  })
})

describe.each(ADVICE)('the advice “%s”', (advice, functions, options) => {
  const unknown = functions.flatMap((name) => options.split(' ').map((option) => [name, option] as const))

  it.each(unknown)('is what %s says of the unknown option %s', async (name, option) => {
    expect(String(await outcome(() => TAKING[name]({ [option]: 'x' })))).toBe(`TypeError: unknown option ${option}: ${advice}`)
  })
})

describe('an answer', () => {
  it.each(Object.entries(ANSWERS))('is: %s', async (answer, call) => {
    const { status, headers, body } = ((await call()) as { readonly response: http.HttpResponse }).response
    expect(`${status} ${headers['WWW-Authenticate'] ?? '-'} ${body}`).toBe(answer)
  })
})
