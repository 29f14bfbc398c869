/** How the page looks, in light, dark and on a phone: pictures for people, and what a test can say of them. */
import { createKey, sign } from 'hs256'
import { describe, expect, it } from 'vitest'
import { EXAMPLES, field, fill, picture, press, SECRET, see, useStage } from './stage.ts'

const stage = useStage()

const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }

describe.each([
  { name: 'light', options: { colorScheme: 'light' } },
  { name: 'dark', options: { colorScheme: 'dark' } },
  { name: 'tablet', options: { colorScheme: 'light', viewport: { width: 820, height: 1180 } } },
  { name: 'narrow', options: { colorScheme: 'light', ...PHONE } },
  { name: 'narrow-dark', options: { colorScheme: 'dark', ...PHONE } },
] as const)('the page, $name', ({ name, options }) => {
  it('fits its window in every state, without a warning', { timeout: 60_000 }, async () => {
    const page = await stage.visit(options)
    const keep = async (state: string): Promise<void> => {
      await picture(page, `${state}-${name}`)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    }
    await keep('empty')
    const claims = { iss: 'https://auth.example', sub: 'u-1906', profile: { name: 'Grace Hopper', ranks: ['commodore', 'rear admiral'] } }
    await field(page, 'Token').fill(await sign(claims, createKey(SECRET, { kid: '2026-11' }), { expiresIn: '12h', notBefore: '10m' }))
    await see(page, 'Not verified')
    await keep('decoded')
    await field(page, 'Secret').fill('correct horse battery staple')
    await page.locator('#secret-problem', { hasText: 'secret has 28 bytes' }).waitFor()
    await keep('weak-secret')
    await field(page, 'Secret').fill(SECRET)
    await see(page, 'Not valid yet')
    await keep('early')
    for (const [example, state] of EXAMPLES) {
      await press(page, example)
      await see(page, state)
      await keep(example.toLowerCase().replace(': ', '-'))
    }
    await press(page, 'Valid')
    await press(page, 'Edit the claims')
    await field(page, 'Expires in').fill('1h')
    await press(page, 'Sign')
    await page.getByText('More expectations').click()
    await fill(page, { 'Max age': 'soon', 'Required claims': 'role, scope' })
    await page.locator('#maxAge-problem', { hasText: 'maxAge must be' }).waitFor()
    await keep('mistakes')
    await field(page, 'Max age').fill('')
    await see(page, 'Rejected', 'token has no scope')
    await keep('claim-missing')
    await page.setViewportSize({ width: 320, height: 640 })
    await keep('smallest')
  })
})

it('long code shows on a phone that it goes on, until its end', async () => {
  const page = await stage.visit(PHONE)
  await press(page, 'Valid')
  const code = page.locator('#code')
  await code.scrollIntoViewIfNeeded()
  const edge = async (): Promise<string> => {
    const { x, y, width } = (await code.boundingBox()) ?? { x: 0, y: 0, width: 0 }
    const clip = { x: x + width - 8, y: y + 3, width: 6, height: 8 } // above the first line
    return (await page.screenshot({ clip })).toString('base64')
  }
  const goesOn = await edge()
  await code.evaluate((element) => element.scrollTo({ left: element.scrollWidth }))
  await page.waitForTimeout(200)
  expect(await code.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)).toBe(true)
  expect(await edge()).not.toBe(goesOn)
})

it('the three colours are exactly under what is typed', async () => {
  const page = await stage.visit({ viewport: { width: 700, height: 700 } })
  for (const token of ['a', 'eyJ.e30.'.repeat(40), 'x\n\ny\n', `${'w'.repeat(5000)}.b.c`]) {
    await field(page, 'Token').fill(token)
    const [text, ink] = await page.evaluate(() =>
      ['#token', '.ink'].map((selector) => {
        const element = document.querySelector(selector)
        const { fontFamily, fontSize, lineHeight, letterSpacing, paddingLeft } = getComputedStyle(element ?? document.body)
        const { x, y, width } = element?.getBoundingClientRect() ?? new DOMRect()
        return { x, y, width, height: element?.scrollHeight, fontFamily, fontSize, lineHeight, letterSpacing, paddingLeft }
      }),
    )
    expect(text).toEqual(ink)
  }
})
