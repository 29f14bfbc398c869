#!/usr/bin/env bash
# An `iat` that is set back, for verifiers without leeway, shortens a token's life in some libraries and not in others: with
# `iat: now - 600` and a lifetime of one hour, jsonwebtoken 9.0.3 and fast-jwt 6.3.6 count the hour from `iat`, so that 50 minutes are
# left, and @hapi/jwt 3.2.4 and jose 6.2.18 (`setExpirationTime('1h')`) count it from now.
# Seen on Node 20.20.2. Prints what it saw, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund jsonwebtoken@9.0.3 fast-jwt@6.3.6 @hapi/jwt@3.2.4 jose@6.2.18
cat >check.mjs <<'JS'
import Jwt from '@hapi/jwt'
import { createSigner } from 'fast-jwt'
import { SignJWT } from 'jose'
import jsonwebtoken from 'jsonwebtoken'

const secret = 'a secret of thirty-two characters'
const iat = Math.floor(Date.now() / 1000) - 600
const jose = new SignJWT({ iat }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h')
const tokens = {
  jsonwebtoken: jsonwebtoken.sign({ iat }, secret, { expiresIn: '1h' }),
  'fast-jwt': createSigner({ key: secret, expiresIn: '1h' })({ iat }),
  '@hapi/jwt': Jwt.token.generate({ iat }, secret, { ttlSec: 3600 }),
  jose: await jose.sign(new TextEncoder().encode(secret)),
}
const minutesLeft = (token) => Math.round((JSON.parse(Buffer.from(token.split('.')[1], 'base64url')).exp - Date.now() / 1000) / 60)
const seen = Object.fromEntries(Object.entries(tokens).map(([name, token]) => [name, minutesLeft(token)]))
console.log(seen)
const expected = '{"jsonwebtoken":50,"fast-jwt":50,"@hapi/jwt":60,"jose":60}'
if (JSON.stringify(seen) !== expected) throw new Error(`no longer so: ${JSON.stringify(seen)}`)
process.exit()
JS
node check.mjs
