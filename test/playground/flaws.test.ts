/** Whatever is wrong is told in the library's own words, or in those of the page if they name its buttons, and marked where it is. */
import { readdirSync, readFileSync } from 'node:fs'
import { createKey, decodeUnverified, verify, type VerifyOptions } from 'hs256'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forge as forgeWith, segmentOf } from '../support/forge.ts'
import { failure, outcome } from '../support/outcome.ts'
import { field, fill, press, SECRET, useStage } from './stage.ts'

const stage = useStage()
const key = createKey(SECRET)
const EXP = 4_000_000_000

const forge = (payload: unknown, header: unknown): string => forgeWith(payload, header, SECRET)

const hs256 = { alg: 'HS256' }
const valid = forge(undefined, hs256)
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
  ['payload not an object', forge('"text"', hs256), 'payload'],
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
  ['expired', forge({ exp: 1_000_000_000 }, hs256), {}, 'payload', 'exp'],
  ['too early', forge({ exp: EXP, nbf: EXP - 1 }, hs256), {}, 'payload', 'nbf'],
  ['too old', forge({ exp: EXP, iat: 1_000_000_000 }, hs256), { maxAge: '1h' }, 'payload', 'iat'],
  ['no exp', forge({}, hs256), {}, 'payload', 'exp'],
  ['milliseconds', forge({ exp: EXP * 1000 }, hs256), {}, 'payload', 'exp'],
  ['another issuer', forge({ exp: EXP, iss: 'a' }, hs256), { issuer: 'b' }, 'payload', 'iss'],
  ['an audience', forge({ exp: EXP, aud: 'a' }, hs256), {}, 'payload', 'aud'],
  ['another subject', forge({ exp: EXP, sub: 'a' }, hs256), { subject: 'b' }, 'payload', 'sub'],
  ['a claim missing', valid, { required: ['role'] }, 'payload', 'role'],
]

/** What the page says where the library's message advises a program. */
const PAGE_WORDS: Readonly<Record<string, string>> = {
  'no exp': 'token has no exp: turn off “Must expire” in “More expectations” to accept it',
  'an audience': 'token has an aud: enter its audience, or turn on “Any audience” in “More expectations”',
}

const LABELS: Readonly<Record<string, string>> = {
  type: 'Type',
  maxAge: 'Max age',
  issuer: 'Issuer',
  subject: 'Subject',
  required: 'Required claims',
}

const errorOf = async (work: () => unknown): Promise<Error & { readonly code?: string }> => {
  const error = await outcome(work)
  return error instanceof Error ? error : expect.unreachable()
}

let page: Page
let leave: (() => Promise<void>) | undefined
beforeAll(async () => {
  page = await stage.visit({}, (close) => (leave = close))
  await page.getByText('More expectations').click()
})
afterAll(() => leave?.())

async function marks(): Promise<object> {
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

function expected({ name, message, code }: Error & { readonly code?: string }, part: string, member?: string): object {
  return {
    message,
    name: [name, code].filter((text) => text !== undefined).join(' · '),
    part,
    legend: part === 'token' ? [] : [part],
    members: member === undefined ? [] : [[part === 'header' ? 'header' : 'claims', member, message]],
    isInvalid: 'true',
  }
}

describe('a token that cannot be read', () => {
  it.each(UNREADABLE)('%s', async (_name, token, part) => {
    await fill(page, { Secret: '', Token: token })
    const error = await errorOf(() => decodeUnverified(token))
    await expect.poll(marks).toEqual(expected(error, part))
    await field(page, 'Secret').fill(SECRET)
    await expect.poll(marks).toEqual(expected(error, part))
  })
})

describe('a token that is rejected', () => {
  it.each(REFUSED)('%s', async (name, token, options, part, member) => {
    await press(page, 'Clear everything')
    for (const [option, value] of Object.entries(options))
      await field(page, LABELS[option] ?? '')
        .first()
        .fill(String(value))
    await fill(page, { Secret: SECRET, Token: token })
    const error = await errorOf(() => verify(token, key, options))
    const message = PAGE_WORDS[name] ?? error.message
    await expect.poll(marks).toEqual(expected({ name: error.name, code: error.code ?? '', message }, part, member))
    if (part === 'signature' || failure(() => decodeUnverified(token)) instanceof Error) return
    await field(page, 'Secret').fill('')
    await expect.poll(() => page.locator('#refusal').innerText()).toBe(`Even with the right secret, it is rejected: ${message}`)
    expect(await page.locator('#state').innerText()).toBe('Not verified')
  })

  it('is told in words of the page only instead of words that the library has', () => {
    const words = readFileSync(new URL('../../examples/playground/page/words.js', import.meta.url), 'utf8')
    const phrases = [...words.matchAll(/^ {2}\['([^']+)', /gm)].map(([, phrase = '']) => phrase)
    const source = new URL('../../src/', import.meta.url)
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
    const library = files.map((file) => readFileSync(new URL(file, source), 'utf8')).join('\n')
    expect(phrases.filter((phrase) => !library.includes(phrase))).toEqual([])
    expect(phrases).toHaveLength(7)
  })
})

describe('what is expected of a token', () => {
  it.each([
    ['Max age', 'maxAge', 'soon'],
    ['Clock tolerance', 'clockTolerance', '1 minute'],
    ['Required claims', 'required', 'role,'],
  ])('%s: shows the error of verify at its field', async (label, name, value) => {
    await press(page, 'Clear everything')
    await fill(page, { Secret: SECRET, Token: valid })
    await field(page, label).fill(value)
    const options = { [name]: name === 'required' ? ['role', ''] : value } as VerifyOptions
    const { message } = await errorOf(() => verify(valid, key, options))
    await expect.poll(() => page.locator(`#${name}-problem`).innerText()).toBe(message)
    expect(await field(page, label).getAttribute('aria-invalid')).toBe('true')
    expect(await page.locator('#message').innerText()).toBe(message)
  })
})
