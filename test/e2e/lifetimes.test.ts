/** Tokens that are short-lived: renewed in silence, renewed before a call that must be made once, and over when the session is. */
import { describe, expect, it, vi } from 'vitest'
import { picture, press } from '../support/browser.ts'
import { cardOf, claim, signIn, useStage } from './browser.ts'

const stage = useStage({ ACCESS_SECONDS: '4', SESSION_SECONDS: '18' })

describe.concurrent('an access token', { timeout: 40_000 }, () => {
  it('is renewed silently after half of its life, and the session still ends at the same time', async ({ onTestFinished }) => {
    const page = await stage.signIn({}, onTestFinished)
    const signedIn = await page.locator('#facts').innerText()
    const first = await claim(page, 'jti')
    await vi.waitFor(async () => expect(await claim(page, 'jti')).not.toBe(first), { timeout: 6000, interval: 100 })
    await page.locator('#activity').getByText('renewed at half of its life').first().waitFor()
    expect(await page.locator('#facts').innerText()).toBe(signedIn)
    expect(await page.getByText(/^401 /).count()).toBe(0)
  })

  it('that has expired is renewed before an order is placed, which is placed once', async ({ onTestFinished }) => {
    const page = await stage.signIn({}, onTestFinished)
    const orders = cardOf(page, 'Orders')
    await orders.getByText('200 OK').waitFor()
    const before = await orders.locator('.orders li').count()
    await press(page, 'Let it expire')
    await page.locator('#time-caption').getByText('expired').waitFor()
    await press(orders, 'Place an order')
    await vi.waitFor(async () => expect(await orders.locator('.orders li').count()).toBe(before + 1), { timeout: 5000 })
  })
})

it.concurrent('a session ends at its limit, however often the token was renewed', { timeout: 40_000 }, async ({ onTestFinished }) => {
  const page = await stage.signIn({}, onTestFinished)
  await page.locator('#renewal').getByText('The session ends with it').waitFor({ timeout: 20_000 })
  await page.getByText('It has been a while since you signed in.').waitFor({ timeout: 20_000 })
  expect(await page.locator('#dashboard').isHidden()).toBe(true)
  await picture(page, 'session-over')
  await vi.waitFor(async () => expect(await page.context().cookies()).toEqual([]), { timeout: 3000 })
  await signIn(page, stage.system.page)
})
