#!/usr/bin/env bash
# @elysiajs/jwt 1.4.2: `exp: 3600` in its configuration is not a lifetime, as a number is in most libraries, but the time itself, one
# hour after the beginning of 1970. So every token has expired when it is made, and its own `verify` returns `false`. `exp: '3600s'`
# is an hour.
# Seen on Node 20.20.2. Prints what it saw, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @elysiajs/jwt@1.4.2 elysia@1.4.30
cat >check.mjs <<'JS'
import { jwt } from '@elysiajs/jwt'
import { Elysia } from 'elysia'

const seen = {}
for (const exp of [3600, '3600s']) {
  const app = new Elysia().use(jwt({ secret: 'a secret of thirty-two characters', exp })).get('/', async ({ jwt }) => {
    const token = await jwt.sign({ sub: 'u1' })
    const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'))
    return { isInThePast: claims.exp < Date.now() / 1000, verified: (await jwt.verify(token)) !== false }
  })
  seen[exp] = await (await app.handle(new Request('http://localhost/'))).json()
}
console.log(seen)
const expected = '{"3600":{"isInThePast":true,"verified":false},"3600s":{"isInThePast":false,"verified":true}}'
if (JSON.stringify(seen) !== expected) throw new Error(`no longer so: ${JSON.stringify(seen)}`)
process.exit()
JS
node check.mjs
