#!/usr/bin/env bash
# The same lifetime in two libraries, of which one builds on the other: `expiresIn: 3600` is 3.6 seconds to fast-jwt 6.3.6, whose
# number is in milliseconds, and 3600 seconds to @fastify/jwt 10.2.8, which multiplies it, and to jsonwebtoken 9.0.3. `'3600'`, as an
# environment variable has it, is 3.6 seconds to all three, which `exp` rounds.
# Seen on Node 20.20.2. Prints what it saw, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund fast-jwt@6.3.6 @fastify/jwt@10.2.8 fastify@5.12.8 jsonwebtoken@9.0.3
cat >check.mjs <<'JS'
import fastifyJwt from '@fastify/jwt'
import { createSigner } from 'fast-jwt'
import Fastify from 'fastify'
import jsonwebtoken from 'jsonwebtoken'

const secret = 'a secret of thirty-two characters'
const app = Fastify()
app.register(fastifyJwt, { secret })
await app.ready()
const lifetimeOf = (token) => {
  const { iat, exp } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'))
  return exp - iat < 5 ? '3.6 s' : `${exp - iat} s`
}
const seen = [3600, '3600'].map((expiresIn) => ({
  'fast-jwt': lifetimeOf(createSigner({ key: secret, expiresIn })({})),
  '@fastify/jwt': lifetimeOf(app.jwt.sign({}, { expiresIn })),
  jsonwebtoken: lifetimeOf(jsonwebtoken.sign({}, secret, { expiresIn })),
}))
console.log(seen)
const expected = '[{"fast-jwt":"3.6 s","@fastify/jwt":"3600 s","jsonwebtoken":"3600 s"},{"fast-jwt":"3.6 s","@fastify/jwt":"3.6 s","jsonwebtoken":"3.6 s"}]'
if (JSON.stringify(seen) !== expected) throw new Error(`no longer so: ${JSON.stringify(seen)}`)
process.exit()
JS
node check.mjs
