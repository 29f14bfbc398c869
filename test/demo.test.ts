/** The demo, as processes and over real HTTP, just as its readers run it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

const SECRET = 'a secret of the tests, 32 bytes or more'
const DEMO = new URL('../examples/distributed-auth/', import.meta.url)
const { JWT_SECRET: _unset, ...environment } = process.env

/** Runs a file of the demo as a process of its own. */
function run(file: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): { readonly child: ChildProcess; output: string } {
  const nodeArguments = ['--import', 'tsx', fileURLToPath(new URL(file, DEMO)), ...args]
  const child = spawn(process.execPath, nodeArguments, { env: { ...environment, NO_COLOR: '1', ...env } })
  const started = { child, output: '' }
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (started.output += text))
  return started
}

async function exitCode({ child }: { readonly child: ChildProcess }): Promise<unknown> {
  const [code] = (await once(child, 'close')) as unknown[]
  return code
}

describe('each service', () => {
  it.each(['auth', 'orders', 'reports'])('(%s) refuses to start without JWT_SECRET', async (name) => {
    const service = run(`${name}-service.ts`)
    expect(await exitCode(service)).toBe(1)
    expect(service.output).toContain('secret is undefined: is the environment variable set?')
  })
})

describe('npm start -- --once', { timeout: 60_000 }, () => {
  it('walks the whole story, and shows no token and no secret', async () => {
    const story = run('start.ts', ['--once'], { JWT_SECRET: SECRET })
    expect(await exitCode(story), story.output).toBe(0)
    const facts = [
      /POST \/login HTTP\/1\.1/,
      /Set-Cookie: jwt=eyJ\S+; Domain=example\.localhost; Path=\/; HttpOnly; Secure; SameSite=Lax; Max-Age=3600\n/,
      /✓ orders knows her, and that she is a manager\n/,
      /✓ reports knows her group, finance\n/,
      /✓ reports knows her, and refuses\n/,
      /✓ readable by anyone/,
      /401 Unauthorized\n.*error="invalid_token".*\n.*"token_expired".*\n   ✓ expired/,
      /401 Unauthorized\n.*error="invalid_token".*\n.*"invalid_token".*\n   ✓ invalid/,
      /401 Unauthorized\n +WWW-Authenticate: Bearer realm="jwt"\n.*"missing_token".*\n   ✓ missing/,
      /✓ it expires later than the first one\n/,
      /✓ (\d+) of \1 checks passed\n$/,
    ]
    for (const fact of facts) expect(story.output).toMatch(fact)
    expect(story.output).not.toContain('✗')
    expect(story.output).not.toContain(SECRET)
    expect(story.output).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]+/)
    expect(story.output).not.toContain('\u001b')
  })

  it('exits with 1 where a service does not start', async () => {
    const story = run('start.ts', ['--once'], { JWT_SECRET: 'too short' })
    expect(await exitCode(story)).toBe(1)
    expect(story.output).toMatch(/✗ the \w+ service ended with 1\n/)
  })

  it('refuses an option that it does not know', async () => {
    expect(await exitCode(run('start.ts', ['--onse']))).toBe(1)
  })
})

describe('npm start', { timeout: 60_000 }, () => {
  let demo: ReturnType<typeof run>
  let urls: readonly string[]

  beforeAll(async () => {
    demo = run('start.ts')
    await vi.waitFor(() => expect(demo.output).toContain('With no token\n   curl'), { timeout: 30_000 })
    urls = [...demo.output.matchAll(/^ {3}\w+ +(http:\S+)/gm)].map(([, url = '']) => url)
  }, 60_000)

  afterAll(() => void demo.child.kill())

  it('shows curl lines for the services that it goes on serving', async () => {
    const [auth, orders, reports] = urls
    for (const url of [`${auth}/login`, `${orders}/orders`, `${reports}/reports`, `${auth}/api/jwt`])
      expect(demo.output).toContain(`${url} -`)
    expect((await fetch(`${orders}/orders`)).status).toBe(401)
  })

  it.each<[string, string, string, number]>([
    ['the right password', 'application/json', '{"user":"ada","password":"engine"}', 200],
    ['a wrong password', 'application/json', '{"user":"ada","password":"Engine"}', 403],
    ['an unknown user', 'application/json', '{"user":"toString","password":""}', 403],
    ['a lifetime that is not offered', 'application/json', '{"user":"ada","password":"engine","expiresIn":"9w"}', 400],
    ['something else than JSON', 'application/json', 'user=ada&password=engine', 400],
    ['a form', 'application/x-www-form-urlencoded', 'user=ada&password=engine', 415],
    ['a body of 4097 bytes', 'application/json', ' '.repeat(4097), 413],
  ])('answers a login with %s by its status', async (_name, type, body, status) => {
    const response = await fetch(`${urls[0]}/login`, { method: 'POST', headers: { 'Content-Type': type }, body })
    expect(response.status).toBe(status)
    expect(response.headers.has('set-cookie')).toBe(status === 200)
  })

  it('leaves no service behind, even where it is killed', async () => {
    demo.child.kill('SIGKILL')
    await once(demo.child, 'close')
    for (const url of urls) await vi.waitFor(() => expect(fetch(url)).rejects.toThrow(), { timeout: 5000 })
  })
})
