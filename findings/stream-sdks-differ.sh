#!/usr/bin/env bash
# Two packages of Stream make different tokens for the same user: `createToken` of stream-chat 9.53.0 has neither `exp` nor `iat`, so
# that it never expires; `generateUserToken` of @stream-io/node-sdk 0.7.64 lives for an hour, has an `iat` one second early, and keeps
# its option `validity_in_seconds` as a claim.
# Seen on Node 20.20.2. Prints what it saw, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund stream-chat@9.53.0 @stream-io/node-sdk@0.7.64
cat >check.mjs <<'JS'
import { StreamClient } from '@stream-io/node-sdk'
import { StreamChat } from 'stream-chat'

const secret = 'a secret of thirty-two characters'
const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'))
const [chat, video] = [new StreamChat('key', secret), new StreamClient('key', secret)]
const before = Math.floor(Date.now() / 1000)
const short = claimsOf(video.generateUserToken({ user_id: 'u1', validity_in_seconds: 60 }))
const usual = claimsOf(video.generateUserToken({ user_id: 'u1' }))
const seen = {
  chat: claimsOf(chat.createToken('u1')),
  video: { claims: Object.keys(usual).sort(), lifetime: usual.exp - usual.iat, isEarly: usual.iat <= before },
  short: { claims: Object.keys(short).sort(), lifetime: short.exp - short.iat },
}
console.log(seen)
const expected = '{"chat":{"user_id":"u1"},"video":{"claims":["exp","iat","user_id"],"lifetime":3600,"isEarly":true},"short":{"claims":["exp","iat","user_id","validity_in_seconds"],"lifetime":60}}'
if (JSON.stringify(seen) !== expected) throw new Error(`no longer so: ${JSON.stringify(seen)}`)
process.exit()
JS
node check.mjs
