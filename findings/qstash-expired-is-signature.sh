#!/usr/bin/env bash
# @upstash/qstash 2.12.0: `Receiver.verify` answers a message that has expired, and one that is not valid yet, with SignatureError
# "signature verification failed", the answer to a wrong signature. So a clock that is wrong looks like a wrong key.
# With `clockTolerance` such a message is accepted, so the signature was right.
# Seen on Node 20.20.2. Prints what it saw, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @upstash/qstash@2.12.0 jsonwebtoken@9.0.3
cat >check.mjs <<'JS'
import { createHash } from 'node:crypto'
import { Receiver } from '@upstash/qstash'
import jsonwebtoken from 'jsonwebtoken'

const secret = 'a secret of thirty-two characters'
const answerOf = async (ask) => {
  try {
    await ask()
    return 'accepted'
  } catch (error) {
    return error.message
  }
}
const [url, body] = ['https://app.example/hook', '{"id":7}']
const hash = createHash('sha256').update(body).digest('base64url')
const receiver = new Receiver({ currentSigningKey: secret, nextSigningKey: 'the next secret, which is not used yet' })
const now = Math.floor(Date.now() / 1000)
const ask = (claims, options, key = secret) => {
  const signature = jsonwebtoken.sign({ iss: 'Upstash', sub: url, body: hash, nbf: now, exp: now + 300, ...claims }, key)
  return answerOf(() => receiver.verify({ signature, body, url, ...options }))
}
const seen = {
  good: await ask({}),
  forged: await ask({}, {}, 'another secret of thirty-two chars'),
  expired: await ask({ exp: now - 5 }),
  early: await ask({ nbf: now + 30 }),
  'expired, with clockTolerance': await ask({ exp: now - 5 }, { clockTolerance: 60 }),
}
console.log(seen)
const expected = '{"good":"accepted","forged":"signature verification failed","expired":"signature verification failed","early":"signature verification failed","expired, with clockTolerance":"accepted"}'
if (JSON.stringify(seen) !== expected) throw new Error(`no longer so: ${JSON.stringify(seen)}`)
process.exit()
JS
node check.mjs
