/** How the page looks in light, in dark and on a phone: pictures for people, and what a test can say of them; axe-core reads them, too. */
import axe from 'axe-core'
import { createKey, sign } from 'hs256'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { picture, press } from '../support/browser.ts'
import { forge, SECRET } from '../support/forge.ts'
import { field, fill, see, seeProblem, useStage } from './stage.ts'

const stage = useStage()

/** What axe-core has against the page as it is, best practices included. It may not fetch style sheets: the policy forbids that. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const found = await page.evaluate<axe.AxeResults>('axe.run({ preload: false })')
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`))
}

/** The contrast of each part of the token with what is behind it, which axe-core does not look for under a field. */
function contrasts(page: Page): Promise<readonly number[]> {
  return page.evaluate(`(() => {
    const { Color, getContrast, getOwnBackgroundColor } = axe.commons.color
    return [...document.querySelectorAll('#field .ink span')].map((ink) => {
      const backs = [ink, ink.closest('#field')].map((element) => getOwnBackgroundColor(getComputedStyle(element)))
      return getContrast(backs.find(({ alpha }) => alpha > 0), new Color().parseString(getComputedStyle(ink).color))
    })
  })()`)
}

/** The examples of the page, each with what the page says of it, and the part of the token that it marks. */
const EXAMPLES = [
  ['Valid', 'Verified', ''],
  ['Expired', 'Expired', 'payload'],
  ['Forged', 'Rejected', 'signature'],
  ['alg: none', 'Rejected', 'header'],
  ['Broken', 'Unreadable', 'signature'],
] as const

const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }

describe.each([
  { name: 'light', options: { colorScheme: 'light' } },
  { name: 'dark', options: { colorScheme: 'dark' } },
  { name: 'tablet', options: { colorScheme: 'light', viewport: { width: 820, height: 1180 } } },
  { name: 'narrow', options: { colorScheme: 'light', ...PHONE } },
  { name: 'narrow-dark', options: { colorScheme: 'dark', ...PHONE } },
] as const)('the page, $name', ({ name, options }) => {
  it('fits its window and has no issue that axe-core finds, in every state, without a warning', { timeout: 120_000 }, async () => {
    const page = await stage.visit(options)
    const keep = async (state: string): Promise<void> => {
      await picture(page, `${state}-${name}`)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
      expect(await violations(page)).toEqual([])
    }
    await keep('empty')
    const claims = { iss: 'https://auth.example', sub: 'u-1906', profile: { name: 'Grace Hopper', ranks: ['commodore', 'rear admiral'] } }
    await field(page, 'Token').fill(await sign(claims, createKey(SECRET, { kid: '2026-11' }), { expiresIn: '12h', notBefore: '10m' }))
    await see(page, 'Not verified')
    await keep('decoded')
    await field(page, 'Secret').fill('correct horse battery staple')
    await seeProblem(page, 'secret', 'secret has 28 bytes')
    await keep('weak-secret')
    await field(page, 'Secret').fill(SECRET)
    await see(page, 'Not valid yet')
    await keep('early')
    for (const [example, state, flaw] of EXAMPLES) {
      await press(page, example)
      await see(page, state)
      await page.locator(`#field[data-flaw="${flaw}"]`).waitFor()
      await keep(example.toLowerCase().replace(': ', '-'))
      const found = await contrasts(page)
      expect(found).toHaveLength(3)
      for (const contrast of found) expect(contrast).toBeGreaterThanOrEqual(4.5)
    }
    await press(page, 'Valid')
    await press(page, 'Edit the claims')
    await field(page, 'Expires in').fill('1h')
    await press(page, 'Sign')
    await page.getByText('More expectations').click()
    await fill(page, { 'Max age': 'soon', 'Required claims': 'role, scope' })
    await seeProblem(page, 'maxAge', 'maxAge must be')
    await keep('mistakes')
    await field(page, 'Max age').fill('')
    await see(page, 'Rejected', 'token has no scope')
    await keep('claim-missing')
    await fill(page, { Secret: 'hunter2', Claims: '{' })
    await see(page, 'Not verified')
    await press(page, 'Sign')
    await see(page, 'Not signed')
    await keep('not-signed')
    await press(page, 'Clear everything')
    await field(page, 'Token').fill(forge({ sub: 'u1' }))
    await page.getByText('token has no exp').waitFor()
    await keep('immortal')
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
    const [text, ink] = await page.locator('#token, .ink').evaluateAll((elements) =>
      elements.map((element) => {
        const { fontFamily, fontSize, lineHeight, letterSpacing, paddingLeft } = getComputedStyle(element)
        const { x, y, width } = element.getBoundingClientRect()
        return { x, y, width, height: element.scrollHeight, fontFamily, fontSize, lineHeight, letterSpacing, paddingLeft }
      }),
    )
    expect(text).toBeDefined()
    expect(text).toEqual(ink)
  }
})

it('axe-core finds what is wrong', async () => {
  const page = await stage.visit()
  await page.evaluate(() => document.querySelector('[for=secret]')?.remove())
  expect((await violations(page)).join('\n')).toContain('<input id="secret"')
})
