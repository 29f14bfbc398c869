#!/usr/bin/env bash
# hono 4.13.19: `verify` of hono/jwt rejects an `iat` that is 2 seconds ahead, and has no clock tolerance, so a token from a server
# whose clock is a little ahead is answered with 401 until the clocks agree. jsonwebtoken 9.0.3, jose 6.2.18 and fast-jwt 6.3.6 accept
# it: RFC 7519 section 4.1.6 asks for no check of `iat`. `iat: false` turns it off.
# Seen on Node 20.20.2. Prints what it saw, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund hono@4.13.19 jsonwebtoken@9.0.3 jose@6.2.18 fast-jwt@6.3.6
cat >check.mjs <<'JS'
import { createVerifier } from 'fast-jwt'
import { verify } from 'hono/jwt'
import { jwtVerify } from 'jose'
import jsonwebtoken from 'jsonwebtoken'

const secret = 'a secret of thirty-two characters'
const answerOf = async (ask) => {
  try {
    await ask()
    return 'accepted'
  } catch (error) {
    return error.name
  }
}
const iat = Math.floor(Date.now() / 1000) + 2
const token = jsonwebtoken.sign({ sub: 'u1', iat }, secret, { expiresIn: '1h' })
const seen = {
  hono: await answerOf(() => verify(token, secret, 'HS256')),
  'hono, iat: false': await answerOf(() => verify(token, secret, { alg: 'HS256', iat: false })),
  jsonwebtoken: await answerOf(() => jsonwebtoken.verify(token, secret)),
  jose: await answerOf(() => jwtVerify(token, new TextEncoder().encode(secret))),
  'fast-jwt': await answerOf(() => createVerifier({ key: secret })(token)),
}
console.log(seen)
const expected = '{"hono":"JwtTokenIssuedAt","hono, iat: false":"accepted","jsonwebtoken":"accepted","jose":"accepted","fast-jwt":"accepted"}'
if (JSON.stringify(seen) !== expected) throw new Error(`no longer so: ${JSON.stringify(seen)}`)
process.exit()
JS
node check.mjs
