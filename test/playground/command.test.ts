/** `npm run playground` makes the page, serves it, and says where. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readSite } from '../../examples/playground/site.ts'
import { exitCode, run } from '../support/demo-process.ts'

const DIST = new URL('../../examples/playground/dist/', import.meta.url)

it('the command writes the page for any host, and serves the same one until it is stopped', async () => {
  const command = run('../playground/start.ts', [], { PORT: '0' })
  let url = ''
  try {
    await expect.poll(() => command.output).toMatch(/http:\/\/127\.0\.0\.1:\d+\//)
    url = /http:\S+/.exec(command.output)?.[0] ?? ''
    const site = await readSite()
    expect([...site.keys()]).toEqual(expect.arrayContaining(['index.html', 'app.js', 'style.css', 'hs256.js']))
    expect(readdirSync(DIST).sort()).toEqual([...site.keys()].sort())
    for (const [path, content] of site) {
      const served = Buffer.from(await (await fetch(`${url}${path}`)).arrayBuffer())
      expect(served.equals(content)).toBe(true)
      expect(readFileSync(new URL(path, DIST)).equals(content)).toBe(true)
    }
    expect(await (await fetch(`${url}?x`)).text()).toBe(Buffer.from(site.get('index.html') ?? []).toString())
    for (const path of ['tsconfig.json', 'hs256.d.ts', '..%2fstart.ts', 'page/app.js'])
      expect((await fetch(`${url}${path}`)).status).toBe(404)
    expect((await fetch(url, { method: 'POST' })).status).toBe(405)
    const head = await fetch(url, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([200, 'text/html; charset=utf-8', ''])
  } finally {
    command.child.kill('SIGINT')
  }
  await exitCode(command)
  await expect(fetch(url)).rejects.toThrow('fetch failed')
})

it('the page is small, and imports nothing else', async () => {
  const site = await readSite()
  const texts = [...site.values()].map((content) => Buffer.from(content).toString())
  const imports = texts.flatMap((text) => [...text.matchAll(/(?:from|import) '([^']+)'|@import url\('([^']+)'\)/g)])
  for (const [, script, style] of imports) expect([...site.keys(), 'hs256']).toContain((script ?? style ?? '').replace('./', ''))
  expect(imports.length).toBeGreaterThan(20)
})
