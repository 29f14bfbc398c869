#!/usr/bin/env bash
# atlassian-jwt 2.0.3: `decodeSymmetric` and `decodeAsymmetric` return `aud` as a list even if the token has a string, as RFC 7519
# section 4.1.3 allows for one audience. So `claims.aud === 'orders'` is false for a token that says so; jsonwebtoken 9.0.3 and jose
# 6.2.18 return what the token has.
# Seen on Node 20.20.2. Prints what it saw, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund atlassian-jwt@2.0.3 jsonwebtoken@9.0.3 jose@6.2.18
cat >check.mjs <<'JS'
import atlassian from 'atlassian-jwt'
import { jwtVerify } from 'jose'
import jsonwebtoken from 'jsonwebtoken'

const secret = 'a secret of thirty-two characters'
const token = jsonwebtoken.sign({ aud: 'orders' }, secret, { expiresIn: '1h' })
const seen = {
  'atlassian-jwt': atlassian.decodeSymmetric(token, secret, 'HS256').aud,
  jsonwebtoken: jsonwebtoken.verify(token, secret).aud,
  jose: (await jwtVerify(token, new TextEncoder().encode(secret))).payload.aud,
}
console.log(seen)
const expected = '{"atlassian-jwt":["orders"],"jsonwebtoken":"orders","jose":"orders"}'
if (JSON.stringify(seen) !== expected) throw new Error(`no longer so: ${JSON.stringify(seen)}`)
process.exit()
JS
node check.mjs
