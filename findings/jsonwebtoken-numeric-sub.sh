#!/usr/bin/env bash
# jsonwebtoken 9.0.3 signs a `sub` that is a number if it is in the claims, though RFC 7519 section 4.1.2 wants a string, and rejects
# it as the option `subject`. @nestjs/jwt 12.0.2 and fast-jwt 6.3.6 sign it, too. No string matches it at a verifier that expects a
# subject: jsonwebtoken's own `subject: '7'` and jose 6.2.18 reject the token.
# Seen on Node 20.20.2. Prints what it saw, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund jsonwebtoken@9.0.3 @nestjs/jwt@12.0.2 @nestjs/common@12.5.1 reflect-metadata@0.2.2 rxjs@7.8.2 fast-jwt@6.3.6 jose@6.2.18
cat >check.mjs <<'JS'
import 'reflect-metadata'
import { JwtService } from '@nestjs/jwt'
import { createSigner } from 'fast-jwt'
import { jwtVerify } from 'jose'
import jsonwebtoken from 'jsonwebtoken'

const secret = 'a secret of thirty-two characters'
const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'))
const answerOf = async (ask) => {
  try {
    await ask()
    return 'accepted'
  } catch (error) {
    return error.message
  }
}
const token = jsonwebtoken.sign({ sub: 7 }, secret, { expiresIn: '1h' })
const seen = {
  jsonwebtoken: claimsOf(token).sub,
  nest: claimsOf(new JwtService({ secret }).sign({ sub: 7 })).sub,
  'fast-jwt': claimsOf(createSigner({ key: secret })({ sub: 7 })).sub,
  subject: await answerOf(() => jsonwebtoken.sign({}, secret, { subject: 7 })),
  'jsonwebtoken expects': await answerOf(() => jsonwebtoken.verify(token, secret, { subject: '7' })),
  'jose expects': await answerOf(() => jwtVerify(token, new TextEncoder().encode(secret), { subject: '7' })),
}
console.log(seen)
const expected = '{"jsonwebtoken":7,"nest":7,"fast-jwt":7,"subject":"\\"subject\\" must be a string","jsonwebtoken expects":"jwt subject invalid. expected: 7","jose expects":"unexpected \\"sub\\" claim value"}'
if (JSON.stringify(seen) !== expected) throw new Error(`no longer so: ${JSON.stringify(seen)}`)
process.exit()
JS
node check.mjs
