/** Pages of others make the browser of somebody who is signed in send requests, and get nowhere. */
import { createServer, type Server } from 'node:http'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listenOn } from '../support/port.ts'
import { contentOf, heading, useStage } from './browser.ts'

const stage = useStage()
let server: Server
let port: number

beforeAll(async () => {
  server = createServer((_request, response) => {
    const form = `<form method="post" action="${orders()}"><input name="item" value="Forged"><button>Win a prize</button></form>`
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(form)
  })
  port = await listenOn(server)
})
afterAll(() => void server.close())

function orders(): string {
  return `${stage.system.page.replace('auth', 'orders').replace(/\d+$/, '')}${new URL(stage.system.urls.orders).port}/orders`
}

/** Opens the page of a host in the browser of Ada, who is signed in. */
async function lure(host: string): Promise<Page> {
  const page = await stage.signIn()
  const lured = await page.context().newPage()
  await lured.goto(`http://${host}:${port}/`)
  return lured
}

/** What the service answers when the form is posted, and whether the token came along. */
async function postForm(page: Page): Promise<{ readonly status: number; readonly body: string; readonly hadToken: boolean }> {
  const answer = page.waitForResponse(orders())
  await page.getByRole('button').click()
  const response = await answer
  const { cookie = '' } = await response.request().allHeaders()
  return { status: response.status(), body: await response.text(), hadToken: cookie.includes('jwt=') }
}

/** What a script of the page can read of the service's answer. */
function readByScript(page: Page): Promise<string> {
  return page.evaluate(
    (url) =>
      fetch(url, { credentials: 'include' })
        .then((response) => response.text())
        .catch((error: unknown) => String(error)),
    orders(),
  )
}

describe.each([
  { host: 'evil.localhost', who: 'another site', token: false, status: 401, error: 'missing_token' },
  { host: 'blog.example.localhost', who: 'a neighbour on the same site', token: true, status: 403, error: 'cross_origin' },
])('the page of $who', { timeout: 30_000 }, ({ host, token, status, error }) => {
  it(`posts a form ${token ? 'with' : 'without'} the cookie, and is rejected`, async () => {
    const page = await lure(host)
    const answer = await postForm(page)
    expect(answer.hadToken).toBe(token)
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.body)).toMatchObject({ error })

    await page.goto(stage.system.page)
    await contentOf(page, 'Orders').getByText('A-18').waitFor()
    expect(await page.getByText('Forged').count()).toBe(0)
  })

  it('reads nothing, because CORS names another origin', async () => {
    const page = await lure(host)
    expect(await readByScript(page)).toBe('TypeError: Failed to fetch')
  })

  it('can neither log a user in nor out', async () => {
    const page = await lure(host)
    const send = (path: string, body?: string): Promise<unknown> =>
      page.evaluate(([url, text]) => fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body: text ?? null }), [
        `${stage.system.page}${path}`,
        body,
      ] as const)
    await send('/login', '{"user":"grace","password":"compiler"}')
    await send('/logout')
    await page.goto(stage.system.page)
    await heading(page, 'Ada Lovelace').waitFor()
  })
})
