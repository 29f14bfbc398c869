/** What one does with the page: change the claims of a token, and sign. */
import { createKey, sign, verify } from 'hs256'
import { expect, it } from 'vitest'
import { press } from '../support/browser.ts'
import { SECRET } from '../support/forge.ts'
import { field, fill, see, seeProblem, useStage } from './stage.ts'

const stage = useStage()
const key = createKey(SECRET)

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
