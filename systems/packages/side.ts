/** Runs the JavaScript of a section of docs/systems/packages.md: the side of an npm package. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, symlinkSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { mock } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Bench } from '../bench.ts'
import type { Answer, Kind, Running } from '../recipe.ts'
import { DATABASE } from './hosts.ts'

const MODULES = join(import.meta.dirname, '../node_modules')

/** An application of some framework: one that takes requests in process, or a listener of Node's. */
type App =
  | { readonly fetch: (request: Request) => Response | Promise<Response> }
  | { readonly inject: (request: object) => Promise<{ statusCode: number; payload: string; headers: Record<string, string> }> }
  | { readonly callback: () => RequestListener }
  | RequestListener

/** What a section's JavaScript exports. */
interface Side {
  /** Makes a token. */
  readonly make?: () => string | Promise<string>
  /** Takes a token; a bad one is an error, or `null` or `false`. */
  readonly read?: (token: string) => unknown
  /** Takes a token in `Authorization`. */
  readonly app?: App
}

/** Makes the side of what a block exports, if that takes more than its exports. */
export type ToSide = (exports: Readonly<Record<string, unknown>>, bench: Bench) => Side | Promise<Side>

/** Loads a package's side from the block `file`. */
export async function startSide(bench: Bench, name: string, file: string, toSide: ToSide = (exports) => exports): Promise<Running> {
  symlinkSync(MODULES, join(bench.folder, 'node_modules'))
  bench.write('package.json', '{ "type": "module" }')
  bench.write('database.js', DATABASE)
  const { href } = pathToFileURL(bench.configure(file))
  const load = async (kind: Kind): Promise<Side> => toSide((await import(`${href}?${kind}`)) as Record<string, unknown>, bench)
  const { version } = JSON.parse(readFileSync(join(MODULES, name, 'package.json'), 'utf8')) as { readonly version: string }
  const { make, read, app } = await load('good')
  const ask = app === undefined ? read && reader(read) : await requester(app, bench)
  return {
    version: `${name} ${version}`,
    ...(ask && { ask }),
    ...(make && { issue: (kind) => issue(kind, bench.secret, async () => (await load(kind)).make?.() ?? '') }),
  }
}

/** Has a token made: with another secret if it is to be forged, and 60 days ago if it is to have expired. */
async function issue(kind: Kind, secret: string, make: () => Promise<string>): Promise<string> {
  if (kind === 'expired') mock.timers.enable({ apis: ['Date'], now: Date.now() - 60 * 86_400_000 })
  if (kind === 'forged') process.env['JWT_SECRET'] = randomBytes(32).toString('hex')
  try {
    return await make()
  } finally {
    process.env['JWT_SECRET'] = secret
    mock.timers.reset()
  }
}

/** An answer without what differs in every run: tokens, and the time at which one has expired. */
const quote = (text: string): string => `\`${text.replaceAll(/eyJ[\w.-]+/g, '…').replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '…')}\``

const reader =
  (read: NonNullable<Side['read']>) =>
  async (token: string): Promise<Answer> => {
    try {
      const result = await read(token)
      const accepted = result !== null && result !== undefined && result !== false
      return { accepted, text: accepted ? 'accepted' : `\`${String(result)}\`` }
    } catch (error) {
      return { accepted: false, text: quote(error instanceof Error ? `${error.name}: ${error.message}` : String(error)) }
    }
  }

async function requester(app: App, bench: Bench): Promise<NonNullable<Running['ask']>> {
  const send = await sender(app, bench)
  return async (token) => {
    const response = await send('/?query={me}', { authorization: `Bearer ${token}` })
    const [status, body] = [`${response.status}`, await response.text()]
    return response.ok
      ? { accepted: true, text: status }
      : { accepted: false, text: `${status}, ${quote(response.headers.get('www-authenticate') ?? messageOf(body))}` }
  }
}

/** The way to send a request to an application. */
async function sender(app: App, bench: Bench): Promise<(path: string, headers: Record<string, string>) => Promise<Response>> {
  if ('inject' in app)
    return async (url, sent) => {
      const { statusCode, payload, headers } = await app.inject({ url, headers: sent })
      return new Response(payload, { status: statusCode, headers })
    }
  if ('fetch' in app) return async (path, headers) => app.fetch(new Request(`http://localhost${path}`, { headers }))
  const server = createServer('callback' in app ? app.callback() : app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  bench.atEnd(() => server.close().closeAllConnections())
  const { port } = server.address() as AddressInfo
  return (path, headers) => fetch(`http://127.0.0.1:${port}${path}`, { headers })
}

/** The message of an error as JSON, or the text of another. */
function messageOf(body: string): string {
  if (!body.startsWith('{')) return body
  const { message, errors } = JSON.parse(body) as { readonly message?: string; readonly errors?: readonly { readonly message: string }[] }
  return message ?? errors?.[0]?.message ?? body
}
