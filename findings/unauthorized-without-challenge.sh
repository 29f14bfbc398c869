#!/usr/bin/env bash
# RFC 9110 section 15.5.2: a 401 response must have WWW-Authenticate. passport-jwt 4.0.1 in Express 5.3.0 has none with its Bearer
# extractor, nor have express-jwt 8.5.1, koa-jwt 4.0.4 and @fastify/jwt 10.2.8. hono/jwt 4.13.19 sends the error code of RFC 6750,
# `invalid_token`; @hapi/jwt 3.2.4 sends its own words in its place.
# Seen on Node 20.20.2. Prints what it saw, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund passport@0.7.0 passport-jwt@4.0.1 express@5.3.0 express-jwt@8.5.1 koa@3.3.0 koa-jwt@4.0.4 fastify@5.12.8 @fastify/jwt@10.2.8 hono@4.13.19 @hapi/hapi@21.4.10 @hapi/jwt@3.2.4 jsonwebtoken@9.0.3
cat >check.mjs <<'JS'
import fastifyJwt from '@fastify/jwt'
import Hapi from '@hapi/hapi'
import Jwt from '@hapi/jwt'
import express from 'express'
import { expressjwt } from 'express-jwt'
import Fastify from 'fastify'
import { Hono } from 'hono'
import { jwt } from 'hono/jwt'
import jsonwebtoken from 'jsonwebtoken'
import Koa from 'koa'
import koaJwt from 'koa-jwt'
import passport from 'passport'
import { ExtractJwt, Strategy } from 'passport-jwt'

const secret = 'a secret of thirty-two characters'
const authorization = `Bearer ${jsonwebtoken.sign({ sub: 'u1' }, secret, { expiresIn: -60 })}`
const seen = {}
const show = (name, status, challenge) => (seen[name] = `${status} ${challenge ?? 'no challenge'}`)
async function serve(name, app) {
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const response = await fetch(`http://127.0.0.1:${server.address().port}/`, { headers: { authorization } })
  show(name, response.status, response.headers.get('www-authenticate'))
}

const jwtFromRequest = ExtractJwt.fromAuthHeaderAsBearerToken()
passport.use(new Strategy({ secretOrKey: secret, jwtFromRequest }, (claims, done) => done(null, claims)))
await serve('passport-jwt', express().use(passport.authenticate('jwt', { session: false })))

const quiet = (error, _request, response, _next) => response.status(error.status).send(error.message)
await serve('express-jwt', express().use(expressjwt({ secret, algorithms: ['HS256'] }), quiet))

const koa = new Koa()
koa.silent = true
await serve('koa-jwt', koa.use(koaJwt({ secret })))

const fastify = Fastify()
fastify.register(fastifyJwt, { secret })
fastify.get('/', { onRequest: (request) => request.jwtVerify() }, () => '')
const injected = await fastify.inject({ url: '/', headers: { authorization } })
show('@fastify/jwt', injected.statusCode, injected.headers['www-authenticate'])

const hono = new Hono().use(jwt({ secret, alg: 'HS256', realm: 'api' }))
const fetched = await hono.request('/', { headers: { authorization } })
show('hono', fetched.status, fetched.headers.get('www-authenticate'))

const hapi = Hapi.server()
await hapi.register(Jwt)
const verify = { aud: false, iss: false, sub: false }
hapi.auth.strategy('jwt', 'jwt', { keys: secret, verify, validate: () => ({ isValid: true }) })
hapi.auth.default('jwt')
hapi.route({ method: 'GET', path: '/', handler: () => '' })
const answered = await hapi.inject({ url: '/', headers: { authorization } })
show('@hapi/jwt', answered.statusCode, answered.headers['www-authenticate'])
console.log(seen)
const expected = '{"passport-jwt":"401 no challenge","express-jwt":"401 no challenge","koa-jwt":"401 no challenge","@fastify/jwt":"401 no challenge","hono":"401 Bearer realm=\\"api\\",error=\\"invalid_token\\",error_description=\\"token verification failure\\"","@hapi/jwt":"401 Bearer error=\\"Token expired\\""}'
if (JSON.stringify(seen) !== expected) throw new Error(`no longer so: ${JSON.stringify(seen)}`)
process.exit()
JS
node check.mjs
