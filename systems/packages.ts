/** The npm packages, in the order of docs/systems/packages.md. */
import { payload, postgraphile, socket, strapi } from './packages/hosts.ts'
import { startSide, type ToSide } from './packages/side.ts'
import type { Recipe } from './recipe.ts'

/** A package that takes tokens: `name` is its name on npm, and `file` its block. How long a token may be depends on the server around it. */
const taker = (system: string, name: string, file: string, recipe: Partial<Recipe> = {}, toSide?: ToSide): Recipe => ({
  system,
  claims: 'none',
  secret: 'text',
  carried: '`Bearer`, case-insensitive',
  probes: ['noExp', 'iatAhead', 'otherAud', 'atJwt', 'otherKid'],
  start: (bench) => startSide(bench, name, file, toSide),
  ...recipe,
})

/** A package that makes tokens for a service which cannot run here. */
const maker = (system: string, name: string, file: string, recipe: Partial<Recipe>): Recipe =>
  taker(system, name, file, { probes: [], carried: 'as its client sends it', ...recipe })

export const PACKAGES: readonly Recipe[] = [
  taker('LiveKit', 'livekit-server-sdk', 'livekit.js', { claims: '`iss`, `sub`, `video`, `exp`', carried: 'as its client sends it' }),
  maker('Twilio', 'twilio', 'twilio.js', { claims: '`jti`, `iss`, `sub`, `grants`, `exp`; `cty`' }),
  maker('Ghost', '@tryghost/admin-api', 'ghost.js', {
    claims: '`aud`, `iat`, `exp`; `kid`',
    secret: 'hexadecimal, after the id',
    carried: '`Authorization: Ghost`',
  }),
  maker('Meilisearch', 'meilisearch', 'meilisearch.js', { claims: '`apiKeyUid`, `searchRules`', carried: '`Bearer`' }),
  maker('Stream Chat', 'stream-chat', 'stream-chat.js', { claims: '`user_id`' }),
  maker('Stream Video', '@stream-io/node-sdk', 'stream-video.js', { claims: '`user_id`, `exp`' }),
  maker('100ms', '@100mslive/server-sdk', '100ms.js', { claims: '`access_key`, `type`, `version`, …' }),
  maker('Pusher Beams', '@pusher/push-notifications-server', 'pusher-beams.js', { claims: '`iss`, `sub`, `exp`' }),
  taker('Atlassian Connect', 'atlassian-jwt', 'atlassian.js', { claims: '`iss`, `qsh`, `exp`', carried: 'as you read it' }),
  taker('QStash', '@upstash/qstash', 'qstash.js', { claims: '`iss`, `sub`, `body`', carried: '`Upstash-Signature`' }),
  taker('jsrsasign', 'jsrsasign', 'zoom.js', {
    secret: 'hexadecimal if it can be, else text',
    form: 'hex',
    carried: 'as its client sends it',
  }),
  taker(
    'Payload',
    'payload',
    'payload.config.js',
    {
      claims: '`id`, `collection`; `authVersion`',
      secret: 'text, which is hashed',
      carried: '`Authorization: JWT`, `Bearer`, cookie',
      probes: ['noExp', 'iatAhead', 'otherAud', 'atJwt'],
    },
    payload,
  ),
  taker('Strapi', '@strapi/plugin-users-permissions', 'plugins.js', { claims: '`id`' }, strapi),
  taker('Feathers', '@feathersjs/authentication', 'feathers.js', {
    claims: '`sub`, `aud`, `iss`',
    carried: '`Bearer`, or `accessToken` in JSON',
  }),
  taker('PostGraphile', 'postgraphile', 'postgraphile.js', { claims: '`aud`' }, postgraphile),
  taker('Better Auth', 'better-auth', 'better-auth.js', {
    claims: '`session`, `user`, `updatedAt`',
    carried: 'the cookie `better-auth.session_data`',
  }),
  taker('Verdaccio', '@verdaccio/signature', 'verdaccio.js', { claims: '`name`, `groups`, …', carried: 'as you read it' }),
  taker('NestJS', '@nestjs/jwt', 'nest.js', { carried: 'as you read it' }),
  taker('Passport', 'passport-jwt', 'passport.js'),
  taker('express-jwt', 'express-jwt', 'express.js'),
  taker('koa-jwt', 'koa-jwt', 'koa.js', { carried: '`Bearer`, case-insensitive, or a cookie' }),
  taker('hapi', '@hapi/jwt', 'hapi.js'),
  taker('Fastify', '@fastify/jwt', 'fastify.js', { carried: '`Bearer`, case-insensitive, or a cookie' }),
  taker('fast-jwt', 'fast-jwt', 'fast-jwt.js', { carried: 'as you read it' }),
  taker('Hono', 'hono', 'hono.js', { carried: '`Bearer`, case-insensitive, or a cookie' }),
  taker('Elysia', '@elysiajs/jwt', 'elysia.js', { carried: 'as you read it' }),
  taker('GraphQL Yoga', '@graphql-yoga/plugin-jwt', 'yoga.js', { carried: '`Bearer`, or as you configure' }),
  taker('socket.io', '@thream/socketio-jwt', 'socket.js', { carried: '`Bearer` in `auth.token`' }, socket),
]
