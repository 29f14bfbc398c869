#!/usr/bin/env bash
# Two packages expect an `aud` that their users did not choose: @feathersjs/authentication 5.0.50 wants `https://yourdomain.com`, a
# domain that is not theirs, unless `jwtOptions.audience` is set, and PostGraphile 4.14.1 `postgraphile`, unless `jwtVerifyOptions`
# is. So a good token from another service with the same secret is rejected by both, as long as nothing but the secret is configured.
# Seen on Node 20.20.2. Prints what it saw, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @feathersjs/authentication@5.0.50 @feathersjs/feathers@5.0.50 postgraphile@4.14.1 jsonwebtoken@9.0.3
cat >check.mjs <<'JS'
import { createRequire } from 'node:module'
import { AuthenticationService, JWTStrategy } from '@feathersjs/authentication'
import { feathers } from '@feathersjs/feathers'
import jsonwebtoken from 'jsonwebtoken'

const { withPostGraphileContext } = createRequire(import.meta.url)('postgraphile')
const secret = 'a secret of thirty-two characters'
const answerOf = async (ask) => {
  try {
    await ask()
    return 'accepted'
  } catch (error) {
    return error.message
  }
}
const app = feathers()
const service = new AuthenticationService(app, 'authentication', { secret, entity: null, authStrategies: ['jwt'] })
service.register('jwt', new JWTStrategy())
app.use('authentication', service)

const client = { query: async () => ({ rows: [] }), on() {}, removeListener() {}, release() {} }
const pgPool = { connect: async () => client }
const seen = {}
for (const audience of ['orders', 'https://yourdomain.com', 'postgraphile']) {
  const token = jsonwebtoken.sign({ iss: 'feathers' }, secret, { subject: 'u1', audience, expiresIn: '1h' })
  seen[audience] = {
    feathers: await answerOf(() => app.service('authentication').create({ strategy: 'jwt', accessToken: token })),
    postgraphile: await answerOf(() => withPostGraphileContext({ pgPool, jwtToken: token, jwtSecret: secret }, async () => {})),
  }
}
console.log(seen)
const expected = '{"orders":{"feathers":"jwt audience invalid. expected: https://yourdomain.com","postgraphile":"jwt audience invalid. expected: postgraphile"},"https://yourdomain.com":{"feathers":"accepted","postgraphile":"jwt audience invalid. expected: postgraphile"},"postgraphile":{"feathers":"jwt audience invalid. expected: https://yourdomain.com","postgraphile":"accepted"}}'
if (JSON.stringify(seen) !== expected) throw new Error(`no longer so: ${JSON.stringify(seen)}`)
process.exit()
JS
node check.mjs
