/** `npm run playground` makes the page, serves it, and says where. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { readSite } from '../../examples/playground/site.ts'

const PLAYGROUND = new URL('../../examples/playground/', import.meta.url)

it('the command writes the page for any host, and serves the same one until it is stopped', async () => {
  const start = fileURLToPath(new URL('start.ts', PLAYGROUND))
  const child = spawn(process.execPath, ['--import', 'tsx', start], { env: { ...process.env, NO_COLOR: '1', PORT: '0' } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  try {
    await expect.poll(() => output).toMatch(/http:\/\/127\.0\.0\.1:\d+\//)
    const [url = ''] = /http:\S+/.exec(output) ?? []
    const site = await readSite()
    expect([...site.keys()]).toEqual(expect.arrayContaining(['index.html', 'app.js', 'style.css', 'hs256.js']))
    expect(readdirSync(new URL('dist/', PLAYGROUND)).sort()).toEqual([...site.keys()].sort())
    for (const [path, content] of site) {
      const served = Buffer.from(await (await fetch(`${url}${path}`)).arrayBuffer())
      expect(served.equals(content)).toBe(true)
      expect(readFileSync(new URL(`dist/${path}`, PLAYGROUND)).equals(content)).toBe(true)
    }
    expect(await (await fetch(`${url}?x`)).text()).toBe(Buffer.from(site.get('index.html') ?? []).toString())
    for (const path of ['tsconfig.json', 'hs256.d.ts', '..%2fstart.ts', 'page/app.js'])
      expect((await fetch(`${url}${path}`)).status).toBe(404)
    expect((await fetch(url, { method: 'POST' })).status).toBe(405)
    const head = await fetch(url, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([200, 'text/html; charset=utf-8', ''])
  } finally {
    child.kill('SIGINT')
  }
  await once(child, 'exit')
  await expect(fetch(/http:\S+/.exec(output)?.[0] ?? '')).rejects.toThrow('fetch failed')
})

it('the page is small, and imports nothing else', async () => {
  const site = await readSite()
  const decoder = new TextDecoder()
  const imports = [...site].flatMap(([, content]) => [
    ...decoder.decode(content).matchAll(/(?:from|import) '([^']+)'|@import url\('([^']+)'\)/g),
  ])
  for (const [, script, style] of imports) expect([...site.keys(), 'hs256']).toContain((script ?? style ?? '').replace('./', ''))
  expect(imports.length).toBeGreaterThan(20)
})
