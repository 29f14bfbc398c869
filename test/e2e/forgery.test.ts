/** Pages of others make the browser of somebody who is signed in send requests, and get nowhere. */
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listenOn } from '../support/port.ts'
import { contentOf, heading, useStage } from './browser.ts'

const stage = useStage()
let server: Server
let port: number
let orders: string

beforeAll(async () => {
  orders = `http://orders.example.localhost:${new URL(stage.system.urls.orders).port}/orders`
  const form = `<form method="post" action="${orders}"><input name="item" value="Forged"><button>Win a prize</button></form>`
  server = createServer((_request, response) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end(form))
  port = await listenOn(server)
})
afterAll(() => void server.close())

describe.each([
  { host: 'evil.localhost', who: 'another site', token: false, status: 401, error: 'missing_token' },
  { host: 'blog.example.localhost', who: 'a neighbour on the same site', token: true, status: 403, error: 'cross_origin' },
])('the page of $who', { timeout: 30_000 }, ({ host, token, status, error }) => {
  it(`posts a form ${token ? 'with' : 'without'} the cookie, which is rejected; it can read nothing, and log nobody in or out`, async () => {
    const ada = await stage.signIn()
    const page = await ada.context().newPage()
    await page.goto(`http://${host}:${port}/`)
    const read = (url: string): Promise<string> =>
      fetch(url, { credentials: 'include' })
        .then((response) => response.text())
        .catch(String)
    expect(await page.evaluate(read, orders)).toBe('TypeError: Failed to fetch') // because CORS names another origin

    const send = (path: string, body: string): Promise<unknown> =>
      page.evaluate(([url, body]) => fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body }), [
        `${stage.system.page}${path}`,
        body,
      ] as const)
    await send('/login', '{"user":"grace","password":"compiler"}')
    await send('/logout', '')

    const answer = page.waitForResponse(orders)
    await page.getByRole('button').click()
    const response = await answer
    const { cookie = '' } = await response.request().allHeaders()
    expect(cookie.includes('jwt=')).toBe(token)
    expect(response.status()).toBe(status)
    expect(JSON.parse(await response.text())).toMatchObject({ error })

    await page.goto(stage.system.page)
    await heading(page, 'Ada Lovelace').waitFor()
    await contentOf(page, 'Orders').getByText('A-18').waitFor()
    expect(await page.getByText('Forged').count()).toBe(0)
  })
})
