/** The story in Firefox and WebKit: read, verify, change, sign, with nothing leaving the page. All other tests of the page run in Chromium. */
import { createKey, sign, verify } from 'hs256'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serve, type Playground } from '../../examples/playground/serve.ts'
import { readSite } from '../../examples/playground/site.ts'
import { startFirefox } from './browsers/firefox.ts'
import type { Visitor } from './browsers/visitor.ts'
import { startWebKit } from './browsers/webkit.ts'
import { listen } from './listener.ts'
import { SECRET } from './stage.ts'

const key = createKey(SECRET)

let playground: Playground
beforeAll(async () => {
  playground = await serve(await readSite())
})
afterAll(() => playground?.server.close())

describe.each([
  { name: 'Firefox', start: startFirefox, agent: / Firefox\// },
  { name: 'WebKit', start: startWebKit, agent: /(?<!Chrome\/.*) Safari\// },
])('in $name', ({ start, agent }) => {
  let visitor: Visitor
  beforeAll(async () => {
    visitor = await start()
    await visitor.open(playground.url)
  }, 60_000)
  afterAll(() => visitor?.leave(), 30_000)

  const see = async (selector: string, text: string | RegExp): Promise<void> => {
    await expect.poll(() => visitor.read(selector)).toMatch(text)
  }

  it('is the expected browser', async () => {
    expect(await visitor.run('navigator.userAgent')).toMatch(agent)
  })

  it('reads what is pasted, verifies it with its secret, and signs other claims', async () => {
    await see('#state', 'No token yet')
    const clerks = await sign({ sub: 'u1', role: 'clerk' }, key, { expiresIn: '1h' })
    await visitor.fill('#token', `Bearer ${clerks.replaceAll('.', '.\n')}`)
    expect(await visitor.run("document.querySelector('#token').value")).toBe(clerks)
    await see('#state', 'Not verified')
    await see('#claims', /role\s*clerk/)
    await see('#time-left', /^(1:00:00|59:\d\d)$/)

    await visitor.fill('#secret', 'hunter2')
    await see('#secret-problem', 'secret has 7 bytes; HS256 needs at least 32 (RFC 7518 §3.2): empty the field, and press Generate')
    await visitor.click('#generate')
    expect(await visitor.run("document.querySelector('#secret').value")).toBe('hunter2')
    await visitor.fill('#secret', SECRET)
    await see('#state', 'Verified')

    await visitor.fill('#editor', '{ "sub": "u1", "role": "admin" }')
    await visitor.click('#sign .primary')
    await see('#claims', /role\s*admin/)
    await see('#state', 'Verified')
    const token = String(await visitor.run("document.querySelector('#token').value"))
    expect((await verify(token, key)).claims).toMatchObject({ sub: 'u1', role: 'admin' })
  })

  it('says what is rejected even with the right secret, and shows no old verdict after signing has failed', async () => {
    await visitor.fill('#editor', '{ "sub": "u1" }')
    await visitor.fill('#expiresIn', 'never')
    await visitor.click('#sign .primary')
    await see('#message', 'token has no exp: turn off “Must expire”')
    await visitor.fill('#editor', '{')
    await visitor.click('#sign .primary')
    await see('#state', 'Not signed')
    await visitor.fill('#secret', 'hunter2')
    await see('#refusal', 'Even with the right secret, it is rejected: token has no exp')
    await visitor.fill('#secret', SECRET)
  })

  it('distinguishes a forged token from an expired one, and marks what is wrong', async () => {
    await visitor.click('[data-example=Forged]')
    await see('#message', 'token signature does not match')
    await see('#legend .flawed', 'Signature')
    await visitor.click('[data-example=Expired]')
    await see('#message', 'token has expired (exp)')
    await see('#claims .flawed', 'token has expired (exp)')
  })

  it('sends nothing anywhere', async () => {
    const listener = await listen()
    expect(await visitor.run(`fetch('${listener.url}fetch')`)).toBe('TypeError')
    const image = `new Promise((resolve) => Object.assign(new Image(), { onload: resolve, onerror: () => resolve('refused'), src: '${listener.url}image' }))`
    expect(await visitor.run(image)).toBe('refused')
    expect([...listener.heard]).toEqual([])
    listener.server.close()
  })
})
