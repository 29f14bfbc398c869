/** Whatever is wrong is told in the library's own words, or in those of the page if they name its buttons, and marked where it is. */
import { createKey, decodeUnverified, JwtError, verify, type VerifyOptions } from 'hs256'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { press } from '../support/browser.ts'
import { filesOf, read } from '../support/docs-pages.ts'
import { forge, SECRET, segmentOf } from '../support/forge.ts'
import { failure, outcome } from '../support/outcome.ts'
import { fill, useStage } from './stage.ts'

const stage = useStage()
const key = createKey(SECRET)
const EXP = 4_000_000_000

const hs256 = { alg: 'HS256' }
const valid = forge()
const [header = '', payload = '', signature = ''] = valid.split('.')

/** A token that cannot be read, and the part in which it is wrong. */
const UNREADABLE: readonly (readonly [name: string, token: string, part: string])[] = [
  ['no dots', 'token', 'token'],
  ['four segments', `${valid}.`, 'token'],
  ['too long', 'a'.repeat(65_537), 'token'],
  ['header not base64url', `!${valid}`, 'header'],
  ['header not an object', forge(undefined, '[]'), 'header'],
  ['header without alg', forge(undefined, {}), 'header'],
  ['kid not a string', forge(undefined, { ...hs256, kid: 7 }), 'header'],
  ['crit', forge(undefined, { ...hs256, crit: ['exp'] }), 'header'],
  ['a token in a token', forge(undefined, { ...hs256, cty: 'JWT' }), 'header'],
  ['payload not base64url', `${header}.${payload}=.${signature}`, 'payload'],
  ['payload not an object', forge('"text"'), 'payload'],
  ['signature not base64url', `${valid.slice(0, -1)}+`, 'signature'],
  ['signature short', valid.slice(0, -11), 'signature'],
]

/** A token that is refused, what is expected of it, and the member that is marked. */
const REFUSED: readonly (readonly [name: string, token: string, options: VerifyOptions, part: string, member: string | undefined])[] = [
  ['another alg', forge(undefined, { alg: 'HS512' }), {}, 'header', 'alg'],
  ['alg none', `${segmentOf({ alg: 'none' })}.${payload}.`, {}, 'header', 'alg'],
  ['another type', forge(undefined, { ...hs256, typ: 'JWT' }), { type: 'at+jwt' }, 'header', 'typ'],
  ['no type', valid, { type: 'at+jwt' }, 'header', 'typ'],
  ['another MAC', `${header}.${segmentOf({ exp: EXP + 1 })}.${signature}`, {}, 'signature', undefined],
  ['expired', forge({ exp: 1_000_000_000 }), {}, 'payload', 'exp'],
  ['too early', forge({ exp: EXP, nbf: EXP - 1 }), {}, 'payload', 'nbf'],
  ['too old', forge({ exp: EXP, iat: 1_000_000_000 }), { maxAge: '1h' }, 'payload', 'iat'],
  ['no exp', forge({}), {}, 'payload', 'exp'],
  ['milliseconds', forge({ exp: EXP * 1000 }), {}, 'payload', 'exp'],
  ['another issuer', forge({ exp: EXP, iss: 'a' }), { issuer: 'b' }, 'payload', 'iss'],
  ['an audience', forge({ exp: EXP, aud: 'a' }), {}, 'payload', 'aud'],
  ['another subject', forge({ exp: EXP, sub: 'a' }), { subject: 'b' }, 'payload', 'sub'],
  ['a claim missing', valid, { required: ['role'] }, 'payload', 'role'],
]

/** What the page says where the library's message advises a program. */
const PAGE_WORDS: Readonly<Record<string, string>> = {
  'no exp': 'token has no exp: turn off “Must expire” in “More expectations” to accept it',
  'an audience': 'token has an aud: enter its audience, or turn on “Any audience” in “More expectations”',
}

let page: Page
let leave: (() => Promise<void>) | undefined
beforeAll(async () => {
  page = await stage.visit({}, (close) => (leave = close))
  await page.getByText('More expectations').click()
})
afterAll(() => leave?.())

/** What the page shows of an error. */
function marks(): Promise<object> {
  return page.evaluate(() => {
    const text = (selector: string): string => document.querySelector(selector)?.textContent ?? ''
    const flawed = [...document.querySelectorAll<HTMLElement>('.members .flawed')]
    return {
      message: text('#message'),
      name: text('#error-name'),
      part: document.querySelector<HTMLElement>('#field')?.dataset['flaw'],
      legend: [...document.querySelectorAll<HTMLElement>('#legend .flawed')].map((item) => item.dataset['part']),
      members: flawed.map((row) => [row.parentElement?.id, row.dataset['name'], row.querySelector('.flaw')?.textContent]),
      isInvalid: document.querySelector('#token')?.getAttribute('aria-invalid'),
    }
  })
}

/** Waits until the page shows the error of the library, in these words. */
async function seeMarked(error: unknown, part: string, member?: string, words?: string): Promise<void> {
  if (!(error instanceof JwtError)) throw new TypeError('the library has nothing against the token')
  const message = words ?? error.message
  await expect.poll(marks).toEqual({
    message,
    name: `${error.name} · ${error.code}`,
    part,
    legend: part === 'token' ? [] : [part],
    members: member === undefined ? [] : [[part === 'header' ? 'header' : 'claims', member, message]],
    isInvalid: 'true',
  })
}

describe('a token that cannot be read', () => {
  it.each(UNREADABLE)('%s', async (_name, token, part) => {
    const error = failure(() => decodeUnverified(token))
    await fill(page, { Secret: '', Token: token })
    await seeMarked(error, part)
    await fill(page, { Secret: SECRET })
    await seeMarked(error, part)
  })
})

describe('a token that is rejected', () => {
  it.each(REFUSED)('%s', async (name, token, options, part, member) => {
    await press(page, 'Clear everything')
    for (const [option, value] of Object.entries(options)) await page.locator(`#${option}`).fill(String(value))
    await fill(page, { Secret: SECRET, Token: token })
    const error = await outcome(() => verify(token, key, options))
    await seeMarked(error, part, member, PAGE_WORDS[name])
    if (part === 'signature' || failure(() => decodeUnverified(token)) instanceof Error) return
    const message = await page.locator('#message').innerText()
    await fill(page, { Secret: '' })
    await expect.poll(() => page.locator('#refusal').innerText()).toBe(`Even with the right secret, it is rejected: ${message}`)
    expect(await page.locator('#state').innerText()).toBe('Not verified')
  })

  it('is told in words of the page only instead of words that the library has', () => {
    const words = read('examples/playground/page/words.js')
    const phrases = [...words.matchAll(/^ {2}\['([^']+)', /gm)].map(([, phrase = '']) => phrase)
    const library = filesOf('src', '.ts').map(read).join('\n')
    expect(phrases.filter((phrase) => !library.includes(phrase))).toEqual([])
    expect(phrases).toHaveLength(7)
  })
})

it.each([
  ['maxAge', 'soon', 'soon'],
  ['clockTolerance', '1 minute', '1 minute'],
  ['required', 'role,', ['role', '']],
])('a wrong %s shows the error of verify at its field', async (name, text, value) => {
  await press(page, 'Clear everything')
  await fill(page, { Secret: SECRET, Token: valid })
  await page.locator(`#${name}`).fill(text)
  const error = await outcome(() => verify(valid, key, { [name]: value }))
  const { message } = error instanceof Error ? error : expect.unreachable()
  await expect.poll(() => page.locator(`#${name}-problem`).innerText()).toBe(message)
  expect(await page.locator(`#${name}`).getAttribute('aria-invalid')).toBe('true')
  expect(await page.locator('#message').innerText()).toBe(message)
})
