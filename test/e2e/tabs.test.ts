/** Several tabs of one browser, which share one session. */
import { setTimeout as sleep } from 'node:timers/promises'
import { decodeUnverified } from 'hs256'
import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, it, vi } from 'vitest'
import { heading, press, signIn, useStage } from './browser.ts'

const stage = useStage({ ACCESS_SECONDS: '6' })

/** Opens the page in further tabs, where the user is signed in. */
async function openTabs(context: BrowserContext, count: number): Promise<readonly Page[]> {
  const tabs = await Promise.all(Array.from({ length: count }, () => context.newPage()))
  for (const tab of tabs) {
    await tab.goto(stage.system.page)
    await heading(tab, 'Ada Lovelace').waitFor()
  }
  return tabs
}

/** Each token that the auth service issues for a renewal from now on. It answers late, so that every tab would have asked by then. */
async function renewalsOf(context: BrowserContext): Promise<readonly { readonly iat: number; readonly jti: string }[]> {
  const renewals: { readonly iat: number; readonly jti: string }[] = []
  context.on('response', async (response) => {
    if (new URL(response.url()).pathname !== '/renew') return
    const { token } = (await response.json()) as { readonly token: string }
    const { iat = 0, jti = '' } = decodeUnverified(token).claims
    renewals.push({ iat, jti })
  })
  await context.route('**/renew', async (route) => {
    await sleep(500)
    await route.continue()
  })
  return renewals
}

async function shownBy(tab: Page): Promise<unknown> {
  return JSON.parse(await tab.locator('#claims div', { hasText: 'jti' }).locator('dd').innerText())
}

describe('the tabs of a browser', { timeout: 40_000 }, () => {
  it('renew once for all of them, at half of the lifetime', async () => {
    const page = await stage.signIn()
    const context = page.context()
    const tabs = [page, ...(await openTabs(context, 2))]
    const renewals = await renewalsOf(context)
    await vi.waitFor(() => expect(renewals.length).toBeGreaterThanOrEqual(3), { timeout: 25_000 })
    const pauses = renewals.slice(1).map(({ iat }, index) => iat - (renewals[index]?.iat ?? 0))
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(2)
    for (const tab of tabs) await vi.waitFor(async () => expect(await shownBy(tab)).toBe(renewals.at(-1)?.jti))
  })

  it('wait for the one that renews, and use its token', async () => {
    const page = await stage.signIn()
    const context = page.context()
    const [other = page] = await openTabs(context, 1)
    await press(page, 'Let it expire')
    for (const tab of [page, other]) await tab.getByText('Not renewed this time').waitFor()
    const renewals = await renewalsOf(context)
    const renew = (tab: Page): Promise<void> => tab.getByRole('button', { name: 'Renew now' }).click()
    await Promise.all([renew(page), renew(other)])
    await vi.waitFor(() => expect(renewals).toHaveLength(1), { timeout: 5000 })
    for (const tab of [page, other]) await vi.waitFor(async () => expect(await shownBy(tab)).toBe(renewals[0]?.jti))
    await Promise.any([page, other].map((tab) => tab.locator('#activity').getByText('from another tab').first().waitFor()))
    expect(renewals).toHaveLength(1)
  })

  it('all let a token expire that one of them lets expire', async () => {
    const page = await stage.signIn()
    const context = page.context()
    const [other = page] = await openTabs(context, 1)
    await press(page, 'Let it expire')
    for (const tab of [page, other]) {
      await tab.getByText('Not renewed this time').waitFor()
      expect(await tab.locator('#ring').getByText('renewal').isVisible()).toBe(false) // the mark on the ring
    }
    await other.locator('#time-caption').getByText('expired').waitFor()
    await press(page, 'Renew now')
    for (const tab of [page, other]) await tab.locator('#ring').getByText('renewal').waitFor()
  })

  it('sign in together, and as another user together', async () => {
    const page = await stage.openWindow()
    const context = page.context()
    const other = await context.newPage()
    await other.goto(stage.system.page)
    await signIn(page, stage.system.page)
    await heading(other, 'Ada Lovelace').waitFor()
    await press(other, 'Log out')
    await page.getByText('You signed out in another tab').waitFor()
    await other.getByRole('button', { name: /Grace Hopper/ }).click()
    for (const tab of [page, other]) {
      await heading(tab, 'Grace Hopper').waitFor()
      await tab.getByText('Not for your role').waitFor()
      expect(await tab.getByText('You signed out').isVisible()).toBe(false)
    }
  })
})
