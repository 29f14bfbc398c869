/** Whatever is wrong is told in the library's own words, and marked where it is. */
import { createHmac } from 'node:crypto'
import { createKey, decodeUnverified, verify, type VerifyOptions } from 'hs256'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { field, press, SECRET, useStage } from './stage.ts'

const stage = useStage()
const key = createKey(SECRET)
const EXP = 4_000_000_000

const base64url = (part: unknown): string => Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')

/** A token with this header and payload, whose MAC is right. */
function forge(header: unknown, payload: unknown = { exp: EXP }): string {
  const input = `${base64url(header)}.${base64url(payload)}`
  return `${input}.${createHmac('sha256', SECRET).update(input).digest('base64url')}`
}
const hs256 = { alg: 'HS256' }
const valid = forge(hs256)
const [header = '', payload = '', signature = ''] = valid.split('.')

/** A token that cannot be read, and the part in which it is wrong. */
const UNREADABLE: readonly (readonly [name: string, token: string, part: string])[] = [
  ['no dots', 'token', 'token'],
  ['four segments', `${valid}.`, 'token'],
  ['too long', 'a'.repeat(65_537), 'token'],
  ['header not base64url', `!${valid}`, 'header'],
  ['header no object', forge('[]'), 'header'],
  ['header without alg', forge({}), 'header'],
  ['kid no text', forge({ ...hs256, kid: 7 }), 'header'],
  ['crit', forge({ ...hs256, crit: ['exp'] }), 'header'],
  ['a token in a token', forge({ ...hs256, cty: 'JWT' }), 'header'],
  ['payload not base64url', `${header}.${payload}=.${signature}`, 'payload'],
  ['payload no object', forge(hs256, '"text"'), 'payload'],
  ['signature not base64url', `${valid.slice(0, -1)}+`, 'signature'],
  ['signature short', valid.slice(0, -11), 'signature'],
]

/** A token that is refused, what is expected of it, and the member that is marked. */
const REFUSED: readonly (readonly [name: string, token: string, options: VerifyOptions, part: string, member: string | undefined])[] = [
  ['another alg', forge({ alg: 'HS512' }), {}, 'header', 'alg'],
  ['alg none', `${base64url({ alg: 'none' })}.${payload}.`, {}, 'header', 'alg'],
  ['another type', forge({ ...hs256, typ: 'JWT' }), { type: 'at+jwt' }, 'header', 'typ'],
  ['no type', valid, { type: 'at+jwt' }, 'header', 'typ'],
  ['another MAC', `${header}.${base64url({ exp: EXP + 1 })}.${signature}`, {}, 'signature', undefined],
  ['expired', forge(hs256, { exp: 1_000_000_000 }), {}, 'payload', 'exp'],
  ['too early', forge(hs256, { exp: EXP, nbf: EXP - 1 }), {}, 'payload', 'nbf'],
  ['too old', forge(hs256, { exp: EXP, iat: 1_000_000_000 }), { maxAge: '1h' }, 'payload', 'iat'],
  ['no exp', forge(hs256, {}), {}, 'payload', 'exp'],
  ['milliseconds', forge(hs256, { exp: EXP * 1000 }), {}, 'payload', 'exp'],
  ['another issuer', forge(hs256, { exp: EXP, iss: 'a' }), { issuer: 'b' }, 'payload', 'iss'],
  ['an audience', forge(hs256, { exp: EXP, aud: 'a' }), {}, 'payload', 'aud'],
  ['another subject', forge(hs256, { exp: EXP, sub: 'a' }), { subject: 'b' }, 'payload', 'sub'],
  ['a claim missing', valid, { required: ['role'] }, 'payload', 'role'],
]

const LABELS: Readonly<Record<string, string>> = {
  type: 'Type',
  maxAge: 'Max age',
  issuer: 'Issuer',
  subject: 'Subject',
  required: 'Required claims',
}

async function errorOf(work: () => unknown): Promise<Error & { readonly code?: string }> {
  try {
    await work()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('nothing was refused')
}

let page: Page
beforeAll(async () => {
  page = (await stage.visit()).page
  await page.getByText('More to expect').click()
})
afterAll(() => page?.context().close())

/** What the page says and marks. */
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
    await field(page, 'Secret').fill('')
    await field(page, 'Token').fill(token)
    const error = await errorOf(() => decodeUnverified(token))
    await expect.poll(marks).toEqual(expected(error, part))
    await field(page, 'Secret').fill(SECRET)
    await expect.poll(marks).toEqual(expected(error, part))
  })
})

describe('a token that is refused', () => {
  it.each(REFUSED)('%s', async (_name, token, options, part, member) => {
    await press(page, 'Clear everything')
    for (const [name, value] of Object.entries(options))
      await field(page, LABELS[name] ?? '')
        .first()
        .fill(String(value))
    await field(page, 'Secret').fill(SECRET)
    await field(page, 'Token').fill(token)
    await expect.poll(marks).toEqual(expected(await errorOf(() => verify(token, key, options)), part, member))
  })
})

describe('what is expected of a token', () => {
  it.each([
    ['Max age', 'maxAge', 'soon'],
    ['Clock tolerance', 'clockTolerance', '1 minute'],
    ['Required claims', 'required', 'role,'],
  ])('%s: tells at its field what verify has against it', async (label, name, value) => {
    await press(page, 'Clear everything')
    await field(page, 'Secret').fill(SECRET)
    await field(page, 'Token').fill(valid)
    await field(page, label).fill(value)
    const options = { [name]: name === 'required' ? ['role', ''] : value } as VerifyOptions
    const { message } = await errorOf(() => verify(valid, key, options))
    await expect.poll(() => page.locator(`#${name}-problem`).innerText()).toBe(message)
    expect(await field(page, label).getAttribute('aria-invalid')).toBe('true')
    expect(await page.locator('#message').innerText()).toBe(message)
  })
})
