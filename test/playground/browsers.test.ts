/** The story in Firefox and WebKit: read, verify, change, sign, with nothing leaving the page. All other tests of the page run in Chromium. */
import { createKey, sign, verify } from 'hs256'
import { expect, it, onTestFinished } from 'vitest'
import { serve } from '../../examples/playground/serve.ts'
import { readSite } from '../../examples/playground/site.ts'
import { end, start } from '../../tools/everywhere/browsers.ts'
import { SECRET } from '../support/forge.ts'
import { listen } from './listener.ts'

/** Runs in the page, as a script of its own: does what a visitor does, by hand and by keyboard, and gives the token that was signed. */
async function visit(clerks: string, secret: string, elsewhere: string): Promise<string> {
  const find = (selector: string): HTMLElement => document.querySelector<HTMLElement>(selector)!
  const valueOf = (selector: string): string | undefined => document.querySelector<HTMLInputElement>(selector)?.value
  const check = (found: unknown, wanted: unknown): void => {
    if (found !== wanted) throw new Error(`${String(found)} instead of ${String(wanted)}`)
  }
  const fill = (selector: string, text: string): void => {
    find(selector).focus()
    document.execCommand('selectAll')
    document.execCommand('insertText', false, text)
  }
  const click = (selector: string): void => {
    const element = find(selector)
    element.scrollIntoView({ block: 'center' })
    const { x, y, width, height } = element.getBoundingClientRect()
    check(document.elementFromPoint(x + width / 2, y + height / 2), element) // nothing is in the way
    element.click()
  }
  const see = async (selector: string, wanted: RegExp): Promise<void> => {
    let seen = ''
    for (let tries = 0; tries < 100 && !wanted.test(seen); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      seen = document.querySelector<HTMLElement>(selector)?.innerText ?? ''
    }
    if (!wanted.test(seen)) throw new Error(`${selector} shows ${seen} instead of ${String(wanted)}`)
  }

  // It reads what is pasted, verifies it with its secret, and signs other claims.
  await see('#state', /^No token yet$/)
  fill('#token', `Bearer ${clerks.replaceAll('.', '.\n')}`)
  check(valueOf('#token'), clerks)
  await see('#state', /^Not verified$/)
  await see('#claims', /role\s*clerk/)
  await see('#time-left', /^(1:00:00|59:\d\d)$/)
  fill('#secret', 'hunter2')
  await see('#secret-problem', /^secret has 7 bytes; HS256 needs at least 32 \(RFC 7518 §3\.2\): empty the field, and press Generate$/)
  click('#generate')
  check(valueOf('#secret'), 'hunter2')
  fill('#secret', secret)
  await see('#state', /^Verified$/)
  fill('#editor', '{ "sub": "u1", "role": "admin" }')
  click('#sign .primary')
  await see('#claims', /role\s*admin/)
  await see('#state', /^Verified$/)
  const signed = valueOf('#token') ?? ''

  // It says what is rejected even with the right secret, and shows no old verdict after signing has failed.
  fill('#editor', '{ "sub": "u1" }')
  fill('#expiresIn', 'never')
  click('#sign .primary')
  await see('#message', /token has no exp: turn off “Must expire”/)
  fill('#editor', '{')
  click('#sign .primary')
  await see('#state', /^Not signed$/)
  fill('#secret', 'hunter2')
  await see('#refusal', /^Even with the right secret, it is rejected: token has no exp/)
  fill('#secret', secret)

  // It distinguishes a forged token from an expired one, and marks what is wrong.
  click('[data-example=Forged]')
  await see('#message', /^token signature does not match/)
  await see('#legend .flawed', /Signature/)
  click('[data-example=Expired]')
  await see('#message', /^token has expired \(exp\)/)
  await see('#claims .flawed', /token has expired \(exp\)/)

  const told = await fetch(`${elsewhere}fetch`).then(() => 'sent', String)
  check(told.split(':')[0], 'TypeError')
  const image = new Image()
  const shown = new Promise((resolve) => Object.assign(image, { onload: resolve, onerror: () => resolve('refused') }))
  image.src = `${elsewhere}image`
  check(await shown, 'refused')
  return signed
}

it.each([
  ['firefox', / Firefox\//],
  ['webkit', /(?<!Chrome\/.*) Safari\//],
])('the page reads, verifies and signs in %s, says and marks what is wrong, and sends nothing anywhere', async (browser, agent) => {
  const key = createKey(SECRET)
  const token = await sign({ sub: 'u1', role: 'clerk' }, key, { expiresIn: '1h' })
  const listener = await listen()
  const site = new Map(await readSite())
  const report = '(told) => { location.href = `/report?${encodeURIComponent(told)}` }'
  const script = `(${visit.toString()})(...${JSON.stringify([token, SECRET, listener.url])}).catch(String).then(${report})`
  site.set('visit.js', Buffer.from(script))
  site.set('index.html', Buffer.from(`${Buffer.from(site.get('index.html')!).toString()}<script type="module" src="visit.js"></script>`))
  const { server, url } = await serve(site)
  onTestFinished(() => server.close().closeAllConnections())
  const opened = start(browser, url)
  onTestFinished(() => end(opened))

  const [told, userAgent] = await new Promise<readonly [signed: string, userAgent: string | undefined]>((resolve) => {
    server.on('request', ({ url = '', headers }) => {
      if (url.startsWith('/report?')) resolve([decodeURIComponent(url.slice('/report?'.length)), headers['user-agent']])
    })
  })
  expect(userAgent).toMatch(agent)
  expect(told).toMatch(/^eyJ/)
  expect((await verify(told, key)).claims).toMatchObject({ sub: 'u1', role: 'admin' })
  expect([...listener.heard]).toEqual([])
})
