#!/usr/bin/env bash
# livekit-server-sdk 2.19.2 makes tokens whose `nbf` is the second in which they are made, and that have neither `iat` nor `typ`. So a
# verifier without leeway whose clock is one second behind rejects them ("jwt not active", jsonwebtoken 9.0.3), and so does one that
# limits their age ("iat required").
# Seen on Node 20.20.2. Prints what it saw, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund livekit-server-sdk@2.19.2 jsonwebtoken@9.0.3
cat >check.mjs <<'JS'
import jsonwebtoken from 'jsonwebtoken'
import { AccessToken } from 'livekit-server-sdk'

const secret = 'a secret of thirty-two characters'
const answerOf = async (ask) => {
  try {
    await ask()
    return 'accepted'
  } catch (error) {
    return error.message
  }
}
const token = await new AccessToken('APIkey', secret, { identity: 'u1' }).toJwt()
const [header, claims] = token.split('.').map((part, index) => index < 2 && JSON.parse(Buffer.from(part, 'base64url')))
const verify = (options) => answerOf(() => jsonwebtoken.verify(token, secret, options))
const seen = {
  header,
  claims: Object.keys(claims).sort(),
  'same second': await verify({ clockTimestamp: claims.nbf }),
  'one second behind': await verify({ clockTimestamp: claims.nbf - 1 }),
  'with maxAge': await verify({ maxAge: '1h' }),
}
console.log(seen)
const expected = '{"header":{"alg":"HS256"},"claims":["exp","iss","nbf","sub"],"same second":"accepted","one second behind":"jwt not active","with maxAge":"iat required when maxAge is specified"}'
if (JSON.stringify(seen) !== expected) throw new Error(`no longer so: ${JSON.stringify(seen)}`)
process.exit()
JS
node check.mjs
