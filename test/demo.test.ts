/** The demo, as processes and over real HTTP, just as its readers run it. */
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { exitCode, run, SECRET, type Started } from './support/demo-process.ts'

it.each(['auth-service.ts', 'orders-service.ts', 'reports-service.ts', '../minimal/auth.ts', '../minimal/orders.ts'])(
  'the service %s does not start without JWT_SECRET',
  async (file) => {
    const service = run(file)
    expect(await exitCode(service)).toBe(1)
    expect(service.output).toContain('secret is undefined: is the environment variable set?')
  },
)

describe('npm start -- --once', { timeout: 60_000 }, () => {
  it('walks the whole story, and shows no token and no secret', async () => {
    const story = run('start.ts', ['--once'], { JWT_SECRET: SECRET })
    expect(await exitCode(story), story.output).toBe(0)
    const facts = [
      /Set-Cookie: jwt=eyJ\S+; Domain=example\.localhost; Path=\/; HttpOnly; Secure; SameSite=Lax; Max-Age=43(?:200|199)\n/,
      /Set-Cookie: __Host-session=eyJ\S+; Path=\/; HttpOnly; Secure; SameSite=Strict; Max-Age=43(?:200|199)\n/,
      /403 Forbidden\n.*scope="reports:read", error="insufficient_scope"\n.*\n   ✓ reports knows her, and refuses/,
      /403 Forbidden\n.*"cross_origin".*\n   ✓ rejected, although the token is good\n/,
      /401 Unauthorized\n.*error="invalid_token".*\n.*"token_expired".*\n   ✓ expired/,
      /401 Unauthorized\n +WWW-Authenticate: Bearer realm="reports"\n.*"missing_token".*\n   ✓ missing/,
      /401 Unauthorized\n.*error="invalid_token".*\n.*"invalid_token".*\n   ✓ Grace made herself a manager/,
      /204 No Content\n +Set-Cookie: jwt=; .*Max-Age=0\n +Set-Cookie: __Host-session=; .*Max-Age=0\n   ✓ logged out\n/,
      /\n✓ 31 of 31 checks passed\n/, // and then, maybe, a late line of a service
    ]
    for (const fact of facts) expect(story.output).toMatch(fact)
    expect(story.output).not.toContain('✗')
    expect(story.output).not.toContain(SECRET)
    expect(story.output).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]+/)
    expect(story.output).not.toContain('\u001b')
  })

  it('exits with 1 if a service does not start', async () => {
    const story = run('start.ts', ['--once'], { JWT_SECRET: 'too short' })
    expect(await exitCode(story)).toBe(1)
    expect(story.output).toMatch(/✗ the \w+ service ended with 1\n/)
  })

  it('rejects an unknown option', async () => {
    expect(await exitCode(run('start.ts', ['--onse']))).toBe(1)
  })
})

describe('npm start', { timeout: 60_000 }, () => {
  let demo: Started
  let urls: readonly string[]

  beforeAll(async () => {
    demo = run('start.ts')
    await vi.waitFor(() => expect(demo.output).toContain('Ctrl-C'), { timeout: 30_000 })
    urls = [...demo.output.matchAll(/^ {3}\w+ +(http:\S+)/gm)].map(([, url = '']) => url)
  }, 60_000)

  afterAll(() => void demo.child.kill())

  it('shows curl lines for the services that it goes on serving', async () => {
    const [auth, orders, reports] = urls
    for (const url of [`${auth}/login`, `${orders}/orders`, `${reports}/reports`, `${auth}/api/jwt`])
      expect(demo.output).toContain(`${url} -`)
    expect((await fetch(`${orders}/orders`)).status).toBe(401)
  })

  it('shows an address for the browser at the end, and serves a page there that may run only its own files', async () => {
    const lines = demo.output.split('\n').filter((line) => !/^ {3}[a-z]+-service: /.test(line)) // which may come late
    expect(lines.slice(-4)).toEqual([`   http://auth.example.localhost:${new URL(urls[0] ?? '').port}`, '', 'Ctrl-C stops everything.', ''])
    const response = await fetch(`${urls[0]}/`)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const ports = urls.slice(1).map((url) => new URL(url).port)
    expect(response.headers.get('content-security-policy')).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' http://orders.example.localhost:${ports[0]} http://reports.example.localhost:${ports[1]}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    )
    expect(await response.text()).not.toMatch(/<script>|<style|style=|onclick=/)
    for (const path of ['/app.js', '/hs256/index.js', '/style.css']) expect((await fetch(`${urls[0]}${path}`)).status).toBe(200)
    for (const path of ['/tsconfig.json', '/hs256/index.cjs', '/page/app.js', '/%2e%2e/keys.ts', '/constructor'])
      expect((await fetch(`${urls[0]}${path}`)).status).toBe(404)
  })

  it.each<[string, string, string, number]>([
    ['the right password', 'application/json', '{"user":"ada","password":"engine"}', 200],
    ['a wrong password', 'application/json', '{"user":"ada","password":"Engine"}', 401],
    ['an unknown user', 'application/json', '{"user":"toString","password":""}', 401],
    ['a lifetime that is not offered', 'application/json', '{"user":"ada","password":"engine","expiresIn":"9w"}', 400],
    ['something else than JSON', 'application/json', 'user=ada&password=engine', 400],
    ['a form', 'application/x-www-form-urlencoded', 'user=ada&password=engine', 415],
    ['a body of 4097 bytes', 'application/json', ' '.repeat(4097), 413],
  ])('answers a login with %s by its status', async (_name, type, body, status) => {
    const response = await fetch(`${urls[0]}/login`, { method: 'POST', headers: { 'Content-Type': type }, body })
    expect(response.status).toBe(status)
    expect(response.headers.has('set-cookie')).toBe(status === 200)
    expect(response.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer realm="auth"' : null)
  })

  it('leaves no service behind, even if it is killed', async () => {
    demo.child.kill('SIGKILL')
    await once(demo.child, 'close')
    for (const url of urls) await vi.waitFor(() => expect(fetch(url)).rejects.toThrow(), { timeout: 5000 })
    const [folder = expect.unreachable()] = /\S+hs256-keys-\w+/.exec(demo.output) ?? []
    rmSync(folder, { recursive: true }) // a process that is killed cannot do it
  })
})
