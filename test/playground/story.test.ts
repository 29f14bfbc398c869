/** What one does with the page: read a token, verify it, watch it expire, change its claims, and sign. */
import { createKey, sign, verify } from 'hs256'
import { expect, it } from 'vitest'
import { press } from '../support/browser.ts'
import { SECRET } from '../support/forge.ts'
import { field, fill, see, seeProblem, useStage } from './stage.ts'

const stage = useStage()
const key = createKey(SECRET)
const hourly = (): Promise<string> => sign({ sub: 'u1' }, key, { expiresIn: '1h' })
const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] }

it('the page reads a token, and says that anyone may have written it', async () => {
  const page = await stage.visit()
  const token = await sign({ sub: 'u1', role: 'admin', groups: ['ops'], exp: 4_000_000_000, iat: 1_000_000_000 }, key)
  await fill(page, { Token: `  ${token}\n` })
  await see(page, 'Not verified', 'Anyone may have written this.')
  const claim = (name: string): Promise<string> => page.locator(`#claims [data-name=${name}] dd`).innerText()
  expect(await claim('sub')).toBe('u1')
  expect(await claim('groups')).toBe('["ops"]')
  expect(await claim('exp')).toMatch(/^2 Oct 2096, \d\d:06:40 \S+ in 70 years\n4000000000$/)
  expect(await claim('iat')).toMatch(/^9 Sept? 2001, \d\d:46:40 \S+ 25 years ago\n1000000000$/)
  expect(await page.locator('#header [data-name=alg] dd').innerText()).toBe('HS256')
  const legend = (await page.locator('#legend li').allTextContents()).join(', ')
  expect(legend).toMatch(/^Header 36 characters, Payload \d+ characters, Signature 43 characters$/)
})

it('the page verifies a token with its secret, as text or as base64url, and with no other', async () => {
  const page = await stage.visit()
  await press(page, 'Generate a secret')
  await fill(page, { Token: await hourly() })
  await see(page, 'Rejected', 'token signature does not match')
  await fill(page, { Secret: SECRET })
  await see(page, 'Verified')
  await fill(page, { Secret: Buffer.from(SECRET).toString('base64url') })
  await see(page, 'Rejected', 'token signature does not match')
  await field(page, 'It is base64url of the secret’s bytes').check()
  await see(page, 'Verified')
})

it.each([
  ['hunter2', 'secret has 7 bytes; HS256 needs at least 32 (RFC 7518 §3.2): empty the field, and press Generate'],
  ['{"secret":"hunter2, hunter2, hunter2"}', 'secret is a JSON object: enter the secret inside it, or all of it as base64url'],
  [
    '-----BEGIN PUBLIC KEY-----',
    'secret looks like a PEM file, an SSH key or the text of a JWK: enter a shared secret, or the k of the JWK as base64url',
  ],
])('the page says why a secret is rejected: %s', async (secret, problem) => {
  const page = await stage.visit()
  await fill(page, { Token: await hourly(), Secret: secret })
  await seeProblem(page, 'secret', problem)
  expect(await field(page, 'Secret').getAttribute('aria-invalid')).toBe('true')
  await see(page, 'Not verified', 'The secret cannot be used')
  await fill(page, { Secret: SECRET })
  expect(await page.locator('#secret-problem').innerText()).toBe('')
  await see(page, 'Verified')
})

it('the page never replaces a secret that was typed', async () => {
  const page = await stage.visit()
  const secret = field(page, 'Secret')
  await press(page, 'Valid')
  const generated = await secret.inputValue()
  expect(generated).toMatch(/^[\w-]{43}$/)
  await press(page, 'Valid')
  expect(await secret.inputValue()).not.toBe(generated)
  for (const [typed, state] of [
    [SECRET, 'Verified'],
    ['hunter2', 'Not verified'],
  ] as const) {
    await secret.fill(typed)
    await press(page, 'Generate a secret')
    await seeProblem(page, 'secret', 'empty the field, and press Generate')
    await press(page, 'Valid')
    await see(page, state)
    await press(page, 'Sign')
    expect(await secret.inputValue()).toBe(typed)
  }
  await secret.fill('')
  await press(page, 'Generate a secret')
  expect(await secret.inputValue()).toMatch(/^[\w-]{43}$/)
  expect(await page.locator('#secret-problem').innerText()).toBe('')
})

it('the page takes a token as it is pasted: with Bearer, and with line breaks', async () => {
  const page = await stage.visit(CLIPBOARD)
  const [claims, input] = [field(page, 'Claims'), field(page, 'Token')]
  const token = await hourly()
  const wrapped = token.replaceAll(/.{40}/g, '$&\r\n  ')
  for (const pasted of [`Bearer ${token}`, `authorization: bearer ${wrapped}\n`, `\n ${wrapped}`]) {
    await claims.fill(pasted)
    await claims.press('Control+A')
    await claims.press('Control+X')
    await input.fill('')
    await input.press('Control+V')
    expect(await input.inputValue()).toBe(token)
    await see(page, 'Not verified')
  }
  // Typing goes on where it was.
  await input.fill('abcd')
  await input.evaluate((element: HTMLTextAreaElement) => element.setSelectionRange(2, 2))
  await page.keyboard.type('1 2')
  expect(await input.inputValue()).toBe('ab12cd')
})

it('the page sees a token become valid, and expire, by itself', async () => {
  const page = await stage.visit()
  await page.clock.install()
  await fill(page, { Secret: SECRET, Token: await sign({ sub: 'u1' }, key, { expiresIn: '70m', notBefore: '10m' }) })
  await see(page, 'Not valid yet', 'token is not valid yet (nbf)')
  await page.getByText('until it is valid').waitFor()
  await page.clock.fastForward('10:01')
  await see(page, 'Verified')
  const meter = page.getByRole('meter', { name: 'Lifetime' })
  expect(await meter.getAttribute('aria-valuenow')).toBe('100')
  await page.clock.fastForward('30:00')
  await expect.poll(() => meter.getAttribute('aria-valuenow')).toBe('50')
  expect(await meter.getAttribute('aria-valuetext')).toMatch(/^(30:00|29:\d\d) left$/)
  const share = (): Promise<number> => meter.evaluate(({ firstElementChild: bar, clientWidth }) => (bar?.clientWidth ?? 0) / clientWidth)
  await expect.poll(share).toBeCloseTo(0.5, 1)
  await see(page, 'Verified')
  await page.clock.fastForward('30:00')
  await see(page, 'Expired', 'token has expired (exp)')
  expect(await meter.getAttribute('aria-valuenow')).toBe('0')
  expect(await meter.getAttribute('aria-valuetext')).toMatch(/^0:\d\d since it expired$/)
})

it('the page copies the token', async () => {
  const page = await stage.visit(CLIPBOARD)
  expect(await page.locator('#copy').isVisible()).toBe(false)
  const token = await hourly()
  await fill(page, { Token: token })
  await press(page, 'Copy the token')
  await page.locator('#copy', { hasText: 'Copied' }).waitFor()
  // Nothing else of this page may read the clipboard, so it is pasted.
  await fill(page, { Claims: '' })
  await page.keyboard.press('Control+V')
  expect(await field(page, 'Claims').inputValue()).toBe(token)
})

it('the page shows the content of a token as text', async () => {
  const page = await stage.visit()
  const claims = { '<b>role': '<img src=x onerror=alert(1)>', exp: 4_000_000_000 }
  await fill(page, { Token: await sign(claims, key) })
  await see(page, 'Not verified')
  const text = await page.locator('#claims').innerText()
  for (const part of ['<b>role', '<img src=x onerror=alert(1)>']) expect(text).toContain(part)
  expect(await page.locator('#claims :is(b, img)').count()).toBe(0)
})

it('the page says so if Web Crypto is missing', async () => {
  const page = await stage.visit()
  await page.evaluate(() => Object.defineProperty(crypto, 'subtle', { value: undefined }))
  await press(page, 'Valid')
  await see(page, 'No token yet', 'Web Crypto is missing: use https, localhost or a newer runtime')
  await press(page, 'Generate a secret')
  await seeProblem(page, 'secret', 'Web Crypto is missing')
  await fill(page, { Secret: SECRET, Token: await hourly() })
  await see(page, 'Not verified', 'Web Crypto is missing')
  await press(page, 'Sign')
  await seeProblem(page, 'sign', 'Web Crypto is missing')
})

it('the page can be used with only the keyboard', async () => {
  const page = await stage.visit()
  const reach = async (name: string): Promise<void> => {
    for (let steps = 0; steps < 60; steps += 1) {
      await page.keyboard.press('Tab')
      const focused = await page.evaluate(() => {
        const element = document.activeElement as HTMLInputElement | null
        return element?.labels?.[0]?.textContent ?? element?.getAttribute('aria-label') ?? element?.textContent
      })
      if (focused === name) return
    }
    throw new Error(`no key leads to ${name}`)
  }
  await reach('Token')
  await page.keyboard.insertText(await hourly())
  await see(page, 'Not verified')
  await reach('Secret')
  await page.keyboard.insertText(SECRET)
  await see(page, 'Verified')
  for (const button of ['Edit the claims', 'Sign']) {
    await reach(button)
    await page.keyboard.press('Enter')
  }
  await see(page, 'Verified')
  await reach('Clear everything')
  await page.keyboard.press('Space')
  await see(page, 'No token yet')
  expect(await field(page, 'Token').evaluate((input) => input === document.activeElement)).toBe(true)
})

it('the page announces a change once, after it has settled', async () => {
  const page = await stage.visit()
  const status = page.getByRole('status')
  expect(await status.innerText()).toBe('')
  await field(page, 'Secret').pressSequentially('hunter2')
  await expect.poll(() => status.innerText()).toContain('secret has 7 bytes')
  await fill(page, { Secret: SECRET })
  await press(page, 'Forged')
  await expect.poll(() => status.innerText()).toBe('Rejected: token signature does not match')
})

it('the page edits the claims of a token, and signs them', async () => {
  const page = await stage.visit()
  await fill(page, { Token: await sign({ sub: 'u1', role: 'clerk' }, key, { expiresIn: '1h' }) })
  await press(page, 'Edit the claims')
  const claims = await field(page, 'Claims').inputValue()
  await fill(page, { Claims: claims.replace('clerk', 'admin'), Secret: SECRET, Type: 'at+jwt', 'Key ID': '2026-11' })
  await press(page, 'Sign')
  await see(page, 'Verified')
  const signed = await verify(await field(page, 'Token').inputValue(), key)
  expect(signed.header).toEqual({ alg: 'HS256', typ: 'at+jwt', kid: '2026-11' })
  expect(signed.claims).toMatchObject({ sub: 'u1', role: 'admin' })
})

it('the page shows the error of sign for rejected claims', async () => {
  const page = await stage.visit()
  await fill(page, { Secret: SECRET })
  const problem = async (claims: string, expiresIn: string): Promise<string> => {
    await fill(page, { Claims: claims, 'Expires in': expiresIn })
    await press(page, 'Sign')
    return page.locator('#sign-problem').innerText()
  }
  expect(await problem('{}', '')).toBe("expiresIn is required: a lifetime such as '1h', or 'never'")
  expect(await problem('{ "exp": 1 }', '1h')).toContain('expiresIn cannot be combined with an exp claim')
  expect(await problem('{ "aud": [5] }', '1h')).toBe('aud must be a string or a list of strings')
  expect(await problem('[]', '1h')).toBe('claims must be a plain object such as { sub: user.id }, not an Array')
  expect(await problem('{', '1h')).toContain('JSON')
  expect(await problem('{}', '90')).toBe('')
  await see(page, 'Verified')
  expect(await field(page, 'Token').inputValue()).toMatch(/^[\w-]+\.[\w-]+\.[\w-]{43}$/)
})

it('the page leads to the secret if there is none to sign with', async () => {
  const page = await stage.visit()
  await press(page, 'Sign')
  await seeProblem(page, 'secret', 'secret has 0 bytes; HS256 needs at least 32 (RFC 7518 §3.2): press Generate')
  expect(await field(page, 'Secret').evaluate((input) => input === document.activeElement)).toBe(true)
})

it('the page shows no verdict about an earlier token after signing has failed', async () => {
  const page = await stage.visit()
  await press(page, 'Valid')
  await see(page, 'Verified')
  const token = await field(page, 'Token').inputValue()
  for (const [claims, again] of [
    ['{', () => fill(page, { Issuer: 'https://auth.example' })],
    ['{ "aud": [5] }', () => press(page, 'Edit the claims').then(() => press(page, 'Sign'))],
  ] as const) {
    await fill(page, { Claims: claims })
    await press(page, 'Sign')
    await see(page, 'Not signed', 'Signing failed')
    await page.waitForTimeout(500) // the verdict is checked several times a second
    await see(page, 'Not signed')
    expect(await field(page, 'Token').inputValue()).toBe(token)
    await again()
    await see(page, 'Verified')
  }
})
