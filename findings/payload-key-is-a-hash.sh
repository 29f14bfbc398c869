#!/usr/bin/env bash
# Payload 3.90.2 does not sign with the secret of its configuration: its key is the first 32 hexadecimal digits of the SHA-256 of that
# secret, as text. So a service that verifies Payload's tokens with PAYLOAD_SECRET sees a wrong signature.
# Seen on Node 20.20.2. Prints what it saw, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund payload@3.90.2 graphql@16.15.0 jsonwebtoken@9.0.3
cat >check.mjs <<'JS'
import { createHash } from 'node:crypto'
import jsonwebtoken from 'jsonwebtoken'
import { BasePayload, buildConfig, jwtSign } from 'payload'

const secret = 'the secret of the configuration'
const init = ({ payload }) => ({ payload, collections: {} })
const db = { defaultIDType: 'text', init }
const typescript = { autoGenerate: false }
const config = await buildConfig({ secret, db, typescript, collections: [{ slug: 'users', auth: true, fields: [] }] })
const payload = await new BasePayload().init({ config, disableOnInit: true })
const fieldsToSign = { id: 'u1', collection: 'users' }
const { token } = await jwtSign({ fieldsToSign, secret: payload.secret, tokenExpiration: 7200 })
const sha256 = createHash('sha256').update(secret).digest('hex')
const answerOf = async (ask) => {
  try {
    await ask()
    return 'accepted'
  } catch (error) {
    return error.message
  }
}
const seen = {
  'the secret': await answerOf(() => jsonwebtoken.verify(token, secret)),
  'its SHA-256 as bytes': await answerOf(() => jsonwebtoken.verify(token, Buffer.from(sha256, 'hex'))),
  '32 digits of it as text': await answerOf(() => jsonwebtoken.verify(token, sha256.slice(0, 32))),
}
console.log(seen)
const expected = '{"the secret":"invalid signature","its SHA-256 as bytes":"invalid signature","32 digits of it as text":"accepted"}'
if (JSON.stringify(seen) !== expected) throw new Error(`no longer so: ${JSON.stringify(seen)}`)
process.exit()
JS
node check.mjs
