#!/usr/bin/env bash
# hono 4.13.19: `verify` of hono/jwt rejects a token of the type `at+jwt`, which RFC 9068 section 2.1 sets for access tokens, with
# JwtHeaderInvalid, because it takes `JWT` or no `typ` alone unless the option `typ` says otherwise. With `typ: 'at+jwt'` it rejects
# `JWT` in turn; a list takes both. jsonwebtoken 9.0.3 and jose 6.2.18 ignore `typ` by default.
# Seen on Node 20.20.2. Prints what it saw, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund hono@4.13.19 jsonwebtoken@9.0.3 jose@6.2.18
cat >check.mjs <<'JS'
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
const seen = {}
for (const typ of ['JWT', 'at+jwt']) {
  const token = jsonwebtoken.sign({ sub: 'u1' }, secret, { header: { typ }, expiresIn: '1h' })
  seen[typ] = {
    hono: await answerOf(() => verify(token, secret, 'HS256')),
    'hono, at+jwt': await answerOf(() => verify(token, secret, { alg: 'HS256', typ: 'at+jwt' })),
    'hono, both': await answerOf(() => verify(token, secret, { alg: 'HS256', typ: ['JWT', 'at+jwt'] })),
    jsonwebtoken: await answerOf(() => jsonwebtoken.verify(token, secret)),
    jose: await answerOf(() => jwtVerify(token, new TextEncoder().encode(secret))),
  }
}
console.log(seen)
const expected = '{"JWT":{"hono":"accepted","hono, at+jwt":"JwtHeaderInvalid","hono, both":"accepted","jsonwebtoken":"accepted","jose":"accepted"},"at+jwt":{"hono":"JwtHeaderInvalid","hono, at+jwt":"accepted","hono, both":"accepted","jsonwebtoken":"accepted","jose":"accepted"}}'
if (JSON.stringify(seen) !== expected) throw new Error(`no longer so: ${JSON.stringify(seen)}`)
process.exit()
JS
node check.mjs
