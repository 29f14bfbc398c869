/** Nothing leaves the page. */
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { META_POLICY, POLICY } from '../../examples/playground/policy.ts'
import { press } from '../support/browser.ts'
import { listen, tellByAllMeans } from './listener.ts'
import { fill, see, useStage } from './stage.ts'

const stage = useStage()

describe('the policy', () => {
  it.each(['', 'app.js', 'style.css', 'hs256.js', 'nothing'])('is on every answer: /%s', async (path) => {
    const { headers, status } = await fetch(`${stage.url}${path}`)
    expect(status).toBe(path === 'nothing' ? 404 : 200)
    expect(headers.get('content-security-policy')).toBe(POLICY)
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('allows its own scripts and styles, images in the page, and nothing else', async () => {
    expect(POLICY).toBe(`${META_POLICY}; frame-ancestors 'none'`)
    expect(await (await fetch(stage.url)).text()).toContain(`content="${META_POLICY}"`)
    const wanted = ["default-src 'none'", "connect-src 'none'", "script-src 'self'", "style-src 'self'"]
    expect(META_POLICY.split('; ')).toEqual(expect.arrayContaining(wanted))
    expect(META_POLICY).not.toMatch(/unsafe|https?:|\*/)
  })

  it.each([
    ['by the header', true],
    ['by the page itself, on a host that sets no header', false],
  ])('blocks every connection, %s', async (_name, hasHeader) => {
    const listener = await listen()
    const page = await stage.visit({ mayComplain: true })
    await page.route(stage.url, async (route) => {
      const response = await route.fetch()
      const headers = Object.entries(response.headers()).filter(([name]) => hasHeader || name !== 'content-security-policy')
      await route.fulfill({ response, headers: Object.fromEntries(headers) })
    })
    const answer = await page.goto(stage.url)
    expect(Object.hasOwn(answer?.headers() ?? {}, 'content-security-policy')).toBe(hasHeader)
    await tellByAllMeans(page, listener.url)
    await page.waitForTimeout(300) // for what is on its way
    await expect(page.evaluate(() => fetch(location.href))).rejects.toThrow('Failed to fetch')
    expect([...listener.heard]).toEqual([])
  })

  it('is what blocks them: without it, every connection works', async () => {
    const listener = await listen()
    const page = await stage.visit({ bypassCSP: true, mayComplain: true })
    const ways = await tellByAllMeans(page, listener.url)
    await expect.poll(() => [...listener.heard]).toEqual(expect.arrayContaining([...ways]))
  })
})

it('the page links only to the guides, which no policy could forbid, and always to the same ones', async () => {
  const page = await stage.visit()
  const findLinks = () => page.evaluate(() => [...document.querySelectorAll('a')].map(({ href, rel, target }) => ({ href, rel, target })))
  const links = await findLinks()
  expect(links.length).toBeGreaterThan(3)
  for (const { href, rel, target } of links) {
    const [, path = ''] = /^https:\/\/github\.com\/hs256\/hs256\/blob\/main\/(docs\/[\w./-]+)$/.exec(href) ?? []
    expect(path !== '' && existsSync(new URL(`../../${path}`, import.meta.url)), href).toBe(true)
    expect([rel, target]).toEqual(['noreferrer', '_blank'])
  }
  for (const example of ['Expired', 'Forged', 'Broken']) {
    await press(page, example)
    await page.getByRole('link', { name: 'About errors' }).waitFor()
  }
  expect(await findLinks()).toEqual(links)
  expect(await page.locator('area, [ping], [action], [formaction]').count()).toBe(0)
})

it('the page stores nothing and sends nothing, whatever the user does', async () => {
  const page = await stage.visit()
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  for (const example of ['Valid', 'Expired', 'Forged', 'alg: none', 'Broken', '15 seconds']) await press(page, example)
  await see(page, 'Verified')
  await press(page, 'Edit the claims')
  await fill(page, { 'Expires in': '1h' })
  await press(page, 'Sign')
  const kept = await page.evaluate(async () => ({
    url: location.href,
    history: history.length,
    local: localStorage.length,
    session: sessionStorage.length,
    cookie: document.cookie,
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }))
  expect(kept).toEqual({ url: stage.url, history: 2, local: 0, session: 0, cookie: '', databases: [], caches: [], workers: 0 })
  expect(requests).toEqual([])
})

it('the page keeps browsers from storing, learning or checking what is typed', async () => {
  const page = await stage.visit()
  const controls = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('textarea, input:not([type=checkbox])')].map((control) => ({
      id: control.id,
      autocomplete: control.autocomplete || control.form?.autocomplete,
      autocapitalize: control.autocapitalize,
      spellcheck: control.spellcheck,
    })),
  )
  expect(controls.map(({ id }) => id)).toEqual(expect.arrayContaining(['token', 'secret', 'editor', 'issuer', 'expiresIn']))
  for (const control of controls) expect(control).toMatchObject({ autocomplete: 'off', autocapitalize: 'none', spellcheck: false })
})
