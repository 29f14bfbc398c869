/** The npm packages, in the order of docs/systems/packages.md. */
import { payload, postgraphile, socket, strapi } from './packages/hosts.ts'
import { startSide, type ToSide } from './packages/side.ts'
import type { Recipe } from './recipe.ts'

/** A recipe whose package is called `name` on npm, and whose side is the block `file`. */
type Entry = Partial<Recipe> & { readonly system: string; readonly name: string; readonly file: string; readonly toSide?: ToSide }

/** A package that takes tokens. How long one may be depends on the server around it. */
const taker = ({ name, file, toSide, ...recipe }: Entry): Recipe => ({
  claims: 'none',
  secret: 'text',
  carried: '`Bearer`, case-insensitive',
  probes: ['noExp', 'iatAhead', 'otherAud', 'atJwt', 'otherKid'],
  start: (bench) => startSide(bench, name, file, toSide),
  ...recipe,
})

/** A package that makes tokens for a service which cannot run here. */
const maker = (entry: Entry): Recipe => taker({ probes: [], carried: 'as its client sends it', ...entry })

export const PACKAGES: readonly Recipe[] = [
  taker({
    system: 'LiveKit',
    name: 'livekit-server-sdk',
    file: 'livekit.js',
    claims: '`iss`, `sub`, `video`, `exp`',
    carried: 'as its client sends it',
  }),
  maker({ system: 'Twilio', name: 'twilio', file: 'twilio.js', claims: '`jti`, `iss`, `sub`, `grants`, `exp`; `cty`' }),
  maker({
    system: 'Ghost',
    name: '@tryghost/admin-api',
    file: 'ghost.js',
    claims: '`aud`, `iat`, `exp`; `kid`',
    secret: 'hexadecimal, after the id',
    carried: '`Authorization: Ghost`',
  }),
  maker({ system: 'Meilisearch', name: 'meilisearch', file: 'meilisearch.js', claims: '`apiKeyUid`, `searchRules`', carried: '`Bearer`' }),
  maker({ system: 'Stream Chat', name: 'stream-chat', file: 'stream-chat.js', claims: '`user_id`' }),
  maker({ system: 'Stream Video', name: '@stream-io/node-sdk', file: 'stream-video.js', claims: '`user_id`, `exp`' }),
  maker({ system: '100ms', name: '@100mslive/server-sdk', file: '100ms.js', claims: '`access_key`, `type`, `version`, …' }),
  maker({ system: 'Pusher Beams', name: '@pusher/push-notifications-server', file: 'pusher-beams.js', claims: '`iss`, `sub`, `exp`' }),
  taker({
    system: 'Atlassian Connect',
    name: 'atlassian-jwt',
    file: 'atlassian.js',
    claims: '`iss`, `qsh`, `exp`',
    carried: '`Authorization: JWT`, `?jwt=`',
  }),
  taker({ system: 'QStash', name: '@upstash/qstash', file: 'qstash.js', claims: '`iss`, `sub`, `body`', carried: '`Upstash-Signature`' }),
  taker({
    system: 'jsrsasign',
    name: 'jsrsasign',
    file: 'zoom.js',
    secret: 'hexadecimal if it can be, else text',
    form: 'hex',
    carried: 'as its client sends it',
  }),
  taker({
    system: 'Payload',
    name: 'payload',
    file: 'payload.config.js',
    claims: '`id`, `collection`; `authVersion`',
    secret: 'text, which is hashed',
    carried: '`Authorization: JWT`, `Bearer`, cookie',
    probes: ['noExp', 'iatAhead', 'otherAud', 'atJwt'],
    toSide: payload,
  }),
  taker({ system: 'Strapi', name: '@strapi/plugin-users-permissions', file: 'plugins.js', claims: '`id`', toSide: strapi }),
  taker({
    system: 'Feathers',
    name: '@feathersjs/authentication',
    file: 'feathers.js',
    claims: '`sub`, `aud`, `iss`',
    carried: '`Bearer`, or `accessToken` in JSON',
  }),
  taker({ system: 'PostGraphile', name: 'postgraphile', file: 'postgraphile.js', claims: '`aud`', toSide: postgraphile }),
  taker({
    system: 'Better Auth',
    name: 'better-auth',
    file: 'better-auth.js',
    claims: '`session`, `user`, `updatedAt`',
    carried: 'the cookie `better-auth.session_data`',
  }),
  taker({ system: 'Verdaccio', name: '@verdaccio/signature', file: 'verdaccio.js', claims: '`name`, `groups`, `real_groups`' }),
  taker({ system: 'NestJS', name: '@nestjs/jwt', file: 'nest.js', carried: 'as you read it' }),
  taker({ system: 'Passport', name: 'passport-jwt', file: 'passport.js' }),
  taker({ system: 'express-jwt', name: 'express-jwt', file: 'express.js' }),
  taker({ system: 'koa-jwt', name: 'koa-jwt', file: 'koa.js', carried: '`Bearer`, case-insensitive, or a cookie' }),
  taker({ system: 'hapi', name: '@hapi/jwt', file: 'hapi.js' }),
  taker({ system: 'Fastify', name: '@fastify/jwt', file: 'fastify.js', carried: '`Bearer`, case-insensitive, or a cookie' }),
  taker({ system: 'fast-jwt', name: 'fast-jwt', file: 'fast-jwt.js', carried: 'as you read it' }),
  taker({ system: 'Hono', name: 'hono', file: 'hono.js', carried: '`Bearer`, case-insensitive, or a cookie' }),
  taker({ system: 'Elysia', name: '@elysiajs/jwt', file: 'elysia.js', carried: 'as you read it' }),
  taker({ system: 'GraphQL Yoga', name: '@graphql-yoga/plugin-jwt', file: 'yoga.js', carried: '`Bearer`, or as you configure' }),
  taker({ system: 'socket.io', name: '@thream/socketio-jwt', file: 'socket.js', carried: '`Bearer` in `auth.token`', toSide: socket }),
]
