/** The code of docs/recipes.md in apps of the real frameworks, each on a port of loopback. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, join, relative } from 'node:path'
import { createHTTPHandler } from '@trpc/server/adapters/standalone'
import { createSchema, createYoga } from 'graphql-yoga'
import { H3, toNodeHandler } from 'h3'
import { createApp, toNodeListener as toH3Listener } from 'h3-v1'
import { createRequestHandler } from 'react-router'
import { Server } from 'socket.io'
import { toNodeListener } from '../examples/distributed-auth/fetch-bridge.ts'
import { blocksOf, read, ROOT } from '../test/support/docs-pages.ts'
import { SECRET } from '../test/support/requests.ts'
import { listen, onClose } from '../test/support/wire.ts'
import { listenAsAzure } from './azure-host.ts'

/** Where the apps are written. */
export const CACHE: string = join(import.meta.dirname, '.cache')

const PAGE = read('docs/recipes.md')
const HEADINGS = [...PAGE.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading)
const [SHARED = '', ...BLOCKS] = blocksOf('docs/recipes.md', PAGE, 'ts').map(({ code }) => code)

/** The code of each recipe. */
export const RECIPES: ReadonlyMap<string, string> = new Map(HEADINGS.map((heading, index) => [heading, BLOCKS[index] ?? '']))

/** Where each recipe is in its app; and, if that runs a copy without `await`, too, where that is. */
export const PLACES: Readonly<Record<string, readonly [place: string, forgotten?: string]>> = {
  'Next: a route': ['next/app/orders/route.ts', 'next/app/forgotten/route.ts'],
  'Next: a proxy': ['next/proxy.ts'],
  'Next: sign in by a server action': ['next/app/sign-in/actions.ts', 'next/app/forgotten-sign-in/actions.ts'],
  'Next: a page that redirects to sign-in': ['next/app/account/page.ts', 'next/app/forgotten-account/page.ts'],
  'Next: a server action': ['next/app/cancel/actions.ts', 'next/app/forgotten-cancel/actions.ts'],
  'SvelteKit: a hook': ['kit/src/hooks.server.ts'],
  'React Router: a middleware': ['node/react-router.ts'],
  'Nuxt 4: a handler': ['nuxt/handler.ts'],
  'h3 2 and Nitro 3: a handler': ['node/h3.ts'],
  'tRPC: a context': ['node/trpc.ts'],
  'GraphQL Yoga: a context': ['node/yoga.ts'],
  'socket.io: a middleware': ['node/socket.ts'],
  'Azure Functions: a handler': ['node/azure.ts'],
}

const form = (action: string): string => `import { ${action} } from './actions.ts'
export default () => <form action={${action}}><input name="password" /></form>`

const USERS = `export async function checkPassword(form: FormData) {
  if (form.get('password') !== 'right') throw new Error('wrong password')
  return { id: 'ada' }
}`

const ORDERS = `import { redirect } from 'next/navigation'
export const cancel = async (_id: unknown, user: string | undefined) => redirect(\`/cancelled-by-\${user}\`)`

/** What else the apps consist of. */
const FILES: Readonly<Record<string, string>> = {
  'guard.ts': SHARED,
  'next/next.config.mjs': `export default { turbopack: { root: ${JSON.stringify(ROOT)} }, typescript: { ignoreBuildErrors: true } }`,
  'next/app/layout.tsx': 'export default ({ children }) => <html><body>{children}</body></html>',
  'next/app/api/route.ts': "export const GET = () => Response.json({ user: 'behind the proxy' })\nexport const POST = GET",
  ...Object.fromEntries(
    ['', 'forgotten-'].flatMap((prefix) => [
      [`next/app/${prefix}sign-in/page.tsx`, form('signIn')],
      [`next/app/${prefix}sign-in/users.ts`, USERS],
      [`next/app/${prefix}cancel/page.tsx`, form('cancelOrder')],
      [`next/app/${prefix}cancel/orders.ts`, ORDERS],
    ]),
  ),
  'kit/package.json': '{ "type": "module" }',
  'kit/svelte.config.js': "import adapter from '@sveltejs/adapter-node'\nexport default { kit: { adapter: adapter() } }",
  'kit/vite.config.js': "import { sveltekit } from '@sveltejs/kit/vite'\nexport default { plugins: [sveltekit()] }",
  'kit/src/app.html': '%sveltekit.head%%sveltekit.body%',
  'kit/src/app.d.ts': 'declare namespace App { interface Locals { user?: string | undefined } }',
  'kit/src/routes/orders/+server.ts': `export const GET = ({ locals }) => Response.json({ user: locals.user })
export const POST = GET
export const OPTIONS = GET`,
  'kit/src/routes/sign-in/+page.svelte': '<form method="POST"></form>',
  'kit/src/routes/sign-in/+page.server.ts': `import { tokenCookieParts } from 'hs256/http'
import { sign } from '../../guard.ts'
export const actions = {
  default: async ({ cookies }) => {
    const { name, value, attributes } = tokenCookieParts(await sign({ sub: 'ada', aud: 'orders' }))
    cookies.set(name, value, attributes)
  },
}`,
}

/** Where the copy of a recipe without `await` is. */
export function forgottenOf([place, forgotten]: readonly [place: string, forgotten?: string]): string {
  return forgotten ?? place.replace('.ts', '-forgotten.ts')
}

/** Writes the apps, and returns the paths of the recipes in them. */
export function writeApps(): readonly string[] {
  rmSync(CACHE, { recursive: true, force: true })
  const put = (path: string, text: string): string => {
    const folder = join(CACHE, dirname(path))
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(CACHE, path), text)
    if (text.includes(" from './guard.ts'"))
      writeFileSync(join(folder, 'guard.ts'), `export * from '${relative(folder, CACHE)}/guard.ts'\n`)
    return join(CACHE, path)
  }
  for (const [path, text] of Object.entries(FILES)) put(path, text)
  for (const folder of ['', 'nuxt']) mkdirSync(join(CACHE, folder, 'node_modules'), { recursive: true })
  symlinkSync(ROOT, join(CACHE, 'node_modules/hs256'))
  symlinkSync(join(import.meta.dirname, 'node_modules/h3-v1'), join(CACHE, 'nuxt/node_modules/h3'))
  return Object.entries(PLACES).map(([heading, place]) => {
    const code = (RECIPES.get(heading) ?? '') + (heading === 'Next: a route' ? 'export { GET as POST }\n' : '')
    put(forgottenOf(place), code.replaceAll(/await (?=(?:guard|checkPassword)\()/g, ''))
    return put(place[0], code)
  })
}

/** Runs a program of an app to its end, or until it listens. The secret while building is not the one of the tests. */
async function run(folder: string, [program = '', ...args]: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<void> {
  const building = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', JWT_SECRET: 'any 32 characters, while building' }
  const child = spawn(process.execPath, [join(import.meta.dirname, program), ...args], {
    cwd: join(CACHE, folder),
    env: { PATH: process.env['PATH'], ...building, ...env },
  })
  onClose(() => child.kill())
  let output = ''
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
        if (/Ready in|Listening on/.test(output)) resolve()
      })
    }
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(output))))
  })
}

/** A port that was free a moment ago. */
async function freePort(): Promise<string> {
  const server = createServer()
  const port = await listen(server)
  server.close()
  await once(server, 'close')
  return String(port)
}

/** Builds the app of Next, and starts it. */
export async function startNext(): Promise<string> {
  await run('next', ['node_modules/next/dist/bin/next', 'build'])
  const port = await freePort()
  await run('next', ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', port], { JWT_SECRET: SECRET })
  return `http://127.0.0.1:${port}`
}

/** Builds the app of SvelteKit, and starts it. */
export async function startKit(): Promise<string> {
  await run('kit', ['node_modules/vite/bin/vite.js', 'build'])
  const PORT = await freePort()
  await run('kit', ['.cache/kit/build/index.js'], { JWT_SECRET: SECRET, PORT, HOST: '127.0.0.1', ORIGIN: 'http://orders.example' })
  return `http://127.0.0.1:${PORT}`
}

/** What recipes export. */
export interface Recipe {
  readonly default: never
  readonly context: never
  readonly createContext: never
  readonly middleware: never
  readonly userContext: unknown
  readonly t: { readonly router: (procedures: object) => never }
  readonly signedIn: Readonly<Record<'query' | 'mutation', (resolve: (options: Resolved) => object) => object>>
  readonly protect: (io: Server) => void
  readonly proxy: (request: Request) => Promise<unknown>
  readonly handle: (input: object) => Promise<unknown>
}

interface Resolved {
  readonly ctx: { readonly jwt: { readonly claims: { readonly sub: string } } }
}

const serve = async (listener: unknown): Promise<string> => `http://127.0.0.1:${await listen(createServer(listener as never))}`

/** Mounts a recipe of a framework that needs no build, at /orders. */
export const MOUNTS: Readonly<Record<string, (recipe: Recipe) => Promise<string>>> = {
  'React Router: a middleware': ({ userContext, middleware }) => {
    const user = ({ context }: { readonly context: Map<unknown, unknown> }): Response => Response.json({ user: context.get(userContext) })
    const build = {
      entry: { module: { default: () => new Response('a page') } },
      routes: {
        orders: { id: 'orders', path: 'orders', module: { middleware, loader: user, action: user } },
        page: { id: 'page', path: 'page', module: { middleware, default: () => null, action: user } },
      },
      assets: { entry: { imports: [], module: '' }, routes: {}, url: '', version: '' },
      future: { v8_middleware: true },
      routeDiscovery: { mode: 'lazy', manifestPath: '/__manifest' },
      ssr: true,
      prerender: [],
    }
    return serve(toNodeListener(createRequestHandler(build as never, 'production') as never))
  },
  'Nuxt 4: a handler': ({ default: handler }) => serve(toH3Listener(createApp().use('/orders', handler))),
  'h3 2 and Nitro 3: a handler': ({ default: handler }) => serve(toNodeHandler(new H3().all('/orders', handler))),
  'tRPC: a context': ({ createContext, signedIn, t }) => {
    const user = ({ ctx }: Resolved): object => ({ user: ctx.jwt.claims.sub })
    return serve(createHTTPHandler({ router: t.router({ orders: signedIn.query(user), cancel: signedIn.mutation(user) }), createContext }))
  },
  'GraphQL Yoga: a context': ({ context }) => {
    const resolvers = { Query: { user: (_root: unknown, _args: unknown, { user }: { readonly user: string }) => user } }
    return serve(
      createYoga({ schema: createSchema({ typeDefs: 'type Query { user: String }', resolvers }) as never, context, logging: false }),
    )
  },
  'socket.io: a middleware': async ({ protect }) => {
    const http = createServer()
    const io = new Server(http)
    onClose(() => io.close())
    protect(io)
    return `http://127.0.0.1:${await listen(http)}`
  },
  'Azure Functions: a handler': () => serve(listenAsAzure()),
}
