#!/usr/bin/env bash
# jsrsasign 11.1.5, with which Zoom's samples sign: `JWS.sign` reads a secret of an even number of hexadecimal digits as hexadecimal,
# and any other secret as text. So a generated secret of 64 hexadecimal digits makes tokens that jsonwebtoken 9.0.3 rejects with the
# same secret, and one of 63 digits makes tokens that it accepts.
# Seen on Node 20.20.2. Prints what it saw, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund jsrsasign@11.1.5 jsonwebtoken@9.0.3
cat >check.mjs <<'JS'
import jsonwebtoken from 'jsonwebtoken'
import jsrsasign from 'jsrsasign'

const answerOf = async (ask) => {
  try {
    await ask()
    return 'accepted'
  } catch (error) {
    return error.message
  }
}
const hex = '0123456789abcdef'.repeat(4)
const sign = (secret) => jsrsasign.KJUR.jws.JWS.sign('HS256', '{"alg":"HS256","typ":"JWT"}', '{"sub":"u1"}', secret)
const seen = {
  '64 digits as text': await answerOf(() => jsonwebtoken.verify(sign(hex), hex)),
  '64 digits as hexadecimal': await answerOf(() => jsonwebtoken.verify(sign(hex), Buffer.from(hex, 'hex'))),
  '63 digits as text': await answerOf(() => jsonwebtoken.verify(sign(hex.slice(1)), hex.slice(1))),
}
console.log(seen)
const expected = '{"64 digits as text":"invalid signature","64 digits as hexadecimal":"accepted","63 digits as text":"accepted"}'
if (JSON.stringify(seen) !== expected) throw new Error(`no longer so: ${JSON.stringify(seen)}`)
process.exit()
JS
node check.mjs
