/** Several tabs of one browser, which share one session. */
import { setTimeout as sleep } from 'node:timers/promises'
import { decodeUnverified, type JwtClaims } from 'hs256'
import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, it, vi } from 'vitest'
import { press } from '../support/browser.ts'
import { claim, heading, signIn, useStage } from './browser.ts'

const stage = useStage({ ACCESS_SECONDS: '6' })

/** Signs in, and opens the page in two more tabs, where the user is known. */
async function openTabs(): Promise<readonly [Page, Page, Page]> {
  const first = await stage.signIn()
  const open = async (): Promise<Page> => {
    const tab = await first.context().newPage()
    await tab.goto(stage.system.page)
    await heading(tab, 'Ada Lovelace').waitFor()
    return tab
  }
  return [first, await open(), await open()]
}

/** The claims of each token that the auth service issues for a renewal from now on. It answers late, so that every tab would have asked by then. */
async function renewalsOf(context: BrowserContext): Promise<readonly JwtClaims[]> {
  const renewals: JwtClaims[] = []
  context.on('response', async (response) => {
    if (new URL(response.url()).pathname !== '/renew') return
    const { token } = (await response.json()) as { readonly token: string }
    renewals.push(decodeUnverified(token).claims)
  })
  await context.route('**/renew', async (route) => {
    await sleep(500)
    await route.continue()
  })
  return renewals
}

async function expectShown(tabs: readonly Page[], renewal: JwtClaims | undefined): Promise<void> {
  for (const tab of tabs) await vi.waitFor(async () => expect(JSON.parse(await claim(tab, 'jti'))).toBe(renewal?.jti))
}

describe('the tabs of a browser', { timeout: 40_000 }, () => {
  it('renew once for all of them, at half of the lifetime', async () => {
    const tabs = await openTabs()
    const renewals = await renewalsOf(tabs[0].context())
    await vi.waitFor(() => expect(renewals.length).toBeGreaterThanOrEqual(3), { timeout: 25_000 })
    const pauses = renewals.slice(1).map(({ iat = 0 }, index) => iat - (renewals[index]?.iat ?? 0))
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(2)
    await expectShown(tabs, renewals.at(-1))
  })

  it('wait for the one that renews, and use its token', async () => {
    const tabs = await openTabs()
    await press(tabs[0], 'Let it expire')
    for (const tab of tabs) await tab.getByText('Not renewed this time').waitFor()
    const renewals = await renewalsOf(tabs[0].context())
    await Promise.all(tabs.map((tab) => press(tab, 'Renew now')))
    await vi.waitFor(() => expect(renewals).toHaveLength(1), { timeout: 5000 })
    await expectShown(tabs, renewals[0])
    await Promise.any(tabs.map((tab) => tab.locator('#activity').getByText('from another tab').first().waitFor()))
    expect(renewals).toHaveLength(1)
  })

  it('all let a token expire that one of them lets expire', async () => {
    const tabs = await openTabs()
    await press(tabs[0], 'Let it expire')
    for (const tab of tabs) {
      await tab.getByText('Not renewed this time').waitFor()
      expect(await tab.locator('#ring').getByText('renewal').isVisible()).toBe(false) // the mark on the ring
    }
    await tabs[1].locator('#time-caption').getByText('expired').waitFor()
    await press(tabs[0], 'Renew now')
    for (const tab of tabs) await tab.locator('#ring').getByText('renewal').waitFor()
  })

  it('sign in together, and as another user together', async () => {
    const page = await stage.openWindow()
    const other = await page.context().newPage()
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
