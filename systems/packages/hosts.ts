/** What runs the configuration of a section of docs/systems/packages.md whose package is a part of something larger. */
import { once, type EventEmitter } from 'node:events'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import type { ToSide } from './side.ts'

const require = createRequire(import.meta.url)

/** Payload, with a database of one user in place of `./database.js`. */
export const payload: ToSide = async ({ default: config }) => {
  const { BasePayload, jwtSign } = (await import('payload' as string)) as PayloadPackage
  const built = await (config as Promise<object>)
  const typescript = { autoGenerate: false } // a process of its own
  const cms = await new BasePayload().init({ config: { ...built, typescript }, disableOnInit: true })
  const fieldsToSign = { id: 'u1', collection: 'users', email: 'u1@example.com' }
  return {
    read: async (token) => (await cms.auth({ headers: new Headers({ authorization: `JWT ${token}` }) })).user,
    make: async () => (await jwtSign({ fieldsToSign, secret: cms.secret, tokenExpiration: 7200 })).token,
  }
}
interface PayloadPackage {
  readonly BasePayload: new () => { init: (options: object) => Promise<Cms> }
  readonly jwtSign: (options: object) => Promise<{ readonly token: string }>
}
interface Cms {
  readonly secret: string
  readonly auth: (request: { readonly headers: Headers }) => Promise<{ readonly user: object | null }>
}

/** What Payload imports as `./database.js`. */
export const DATABASE = `export const db = {
  defaultIDType: 'text',
  init: ({ payload }) => ({ payload, name: 'one user', collections: {}, findOne: () => ({ id: 'u1' }), beginTransaction: () => null }),
}`

/** Strapi's plugin, with a Strapi that has nothing but its configuration. */
export const strapi: ToSide = ({ default: plugins }) => {
  const { config } = (plugins as Record<string, { readonly config: Readonly<Record<string, unknown>> }>)['users-permissions'] ?? {
    config: {},
  }
  const get = (name: string, byDefault: unknown): unknown => config[name.replace('plugin::users-permissions.', '')] ?? byDefault
  const { services } = (require('@strapi/plugin-users-permissions/strapi-server') as () => StrapiPlugin)()
  const jwt = services.jwt({ strapi: { config: { get } } })
  return {
    read: (token) => jwt.getToken({ request: { header: { authorization: `Bearer ${token}` } } }),
    make: () => jwt.issue({ id: 1 }),
  }
}
interface StrapiPlugin {
  readonly services: { readonly jwt: (host: object) => { getToken: (context: object) => unknown; issue: (claims: object) => string } }
}

/** PostGraphile, with a pool whose client answers every statement. */
export const postgraphile: ToSide = ({ options }) => {
  const { withPostGraphileContext: use } = require('postgraphile') as Record<string, (options: object, callback: object) => unknown>
  const client = { query: async () => ({ rows: [] }), on: () => {}, removeListener: () => {}, release: () => {} }
  const pgPool = { connect: async () => client }
  return {
    read: (jwtToken) => use?.({ ...(options as object), pgPool, jwtToken, pgForceTransaction: true }, async () => 'accepted'),
  }
}

/** A socket.io server, and a client for each token. */
export const socket: ToSide = async ({ io }, bench) => {
  const { io: connect } = require('socket.io-client') as { readonly io: (url: string, options: object) => Client }
  const http = createServer().listen(0, '127.0.0.1')
  await once(http, 'listening')
  const server = io as { readonly attach: (http: Server) => void; readonly close: () => Promise<void> }
  server.attach(http)
  bench.atEnd(() => server.close())
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  return {
    read: async (token) => {
      const client = connect(url, { auth: { token: `Bearer ${token}` }, forceNew: true, reconnection: false })
      try {
        return await new Promise((resolve, reject) => client.on('me', resolve).on('connect_error', reject))
      } finally {
        client.close()
      }
    },
  }
}
type Client = EventEmitter & { readonly close: () => void }
