/** Whoever comes by keyboard, by ear, with a small screen or in the dark can use the page as well. */
import axe from 'axe-core'
import { createKey, sign } from 'hs256'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { forge } from '../support/forge.ts'
import { EXAMPLES, field, fill, press, SECRET, see, useStage } from './stage.ts'

const stage = useStage()

/** What axe-core has against the page as it is, best practices included. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.waitForTimeout(250) // until colours have changed
  await page.evaluate(axe.source)
  const found = await page.evaluate(async () => (await (globalThis as unknown as { axe: typeof axe }).axe.run()).violations)
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`))
}

describe.each([
  { name: 'light', options: { colorScheme: 'light' } },
  { name: 'dark', options: { colorScheme: 'dark' } },
  { name: 'on a phone', options: { colorScheme: 'light', viewport: { width: 360, height: 740 } } },
] as const)('the page, $name', ({ options }) => {
  it('has no issue that axe-core finds, in any state', { timeout: 60_000 }, async () => {
    const page = await stage.visit({ ...options, mayComplain: true })
    expect(await violations(page)).toEqual([])
    await page.getByText('More expectations').click()
    for (const [example, state] of EXAMPLES) {
      await press(page, example)
      await see(page, state)
      expect(await violations(page)).toEqual([])
    }
    await press(page, 'Valid')
    await fill(page, { Secret: 'hunter2', Claims: '{' })
    await see(page, 'Not verified')
    expect(await violations(page)).toEqual([])
    await press(page, 'Sign')
    await see(page, 'Not signed')
    expect(await violations(page)).toEqual([])
    await press(page, 'Clear everything')
    await field(page, 'Token').fill(forge({ sub: 'u1' }, { alg: 'HS256' }, SECRET))
    await page.getByText('token has no exp').waitFor()
    expect(await violations(page)).toEqual([])
  })

  it('has colours for the parts of a token that can be read', async () => {
    const page = await stage.visit({ ...options, mayComplain: true })
    const contrasts = (): Promise<readonly number[]> =>
      page.evaluate(() => {
        const paint = document.createElement('canvas').getContext('2d')
        const luminance = (colour: string): number => {
          if (paint === null) throw new TypeError('there is nothing to paint on')
          paint.fillStyle = colour
          paint.fillRect(0, 0, 1, 1)
          const [red = 0, green = 0, blue = 0] = [...paint.getImageData(0, 0, 1, 1).data].map((byte) => {
            const share = byte / 255
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
          })
          return 0.2126 * red + 0.7152 * green + 0.0722 * blue
        }
        const field = document.querySelector('#field')
        if (field === null) throw new TypeError('there is no field')
        return [...field.querySelectorAll('.ink span')].map((ink) => {
          const own = getComputedStyle(ink).backgroundColor
          const back = luminance(own === 'rgba(0, 0, 0, 0)' ? getComputedStyle(field).backgroundColor : own)
          const [dark = 0, light = 0] = [luminance(getComputedStyle(ink).color), back].sort((one, other) => one - other)
          return (light + 0.05) / (dark + 0.05)
        })
      })
    for (const [example, flaw] of Object.entries({ Valid: '', Expired: 'payload', Forged: 'signature', 'alg: none': 'header' })) {
      await press(page, example)
      await page.locator(`#field[data-flaw="${flaw}"]`).waitFor()
      const found = await contrasts()
      expect(found).toHaveLength(3)
      for (const contrast of found) expect(contrast).toBeGreaterThanOrEqual(4.5)
    }
  })
})

it('axe-core finds what is wrong', async () => {
  const page = await stage.visit({ mayComplain: true })
  await page.evaluate(() => document.querySelector('[for=secret]')?.remove())
  expect((await violations(page)).join('\n')).toContain('<input id="secret"')
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
  await page.keyboard.insertText(await sign({ sub: 'u1' }, createKey(SECRET), { expiresIn: '1h' }))
  await see(page, 'Not verified')
  await reach('Secret')
  await page.keyboard.insertText(SECRET)
  await see(page, 'Verified')
  await reach('Edit the claims')
  await page.keyboard.press('Enter')
  await reach('Sign')
  await page.keyboard.press('Enter')
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
  await field(page, 'Secret').fill(SECRET)
  await press(page, 'Forged')
  await expect.poll(() => status.innerText()).toBe('Rejected: token signature does not match')
})
