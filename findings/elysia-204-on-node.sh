#!/usr/bin/env bash
# Elysia 1.4.30 on Node 20.20.2: a handler that answers 204 in Elysia's own ways (`status(204)`, `status(204, null)`,
# `set.status = 204`) is answered with 500, "Response constructor: Invalid response status code 204", because Elysia gives the
# response a body, which Fetch forbids for that status. Only a `Response` made by hand is 204. Whoever answers a CORS preflight
# with 204 meets it. Prints each status, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund elysia@1.4.30
cat >check.mjs <<'JS'
import { Elysia } from 'elysia'

const app = new Elysia()
  .get('/status', ({ status }) => status(204))
  .get('/status-null', ({ status }) => status(204, null))
  .get('/set', ({ set }) => {
    set.status = 204
  })
  .get('/response', () => new Response(null, { status: 204 }))
const seen = {}
for (const path of ['status', 'status-null', 'set', 'response'])
  seen[path] = (await app.handle(new Request(`http://localhost/${path}`))).status
console.log(seen)
const expected = '{"status":500,"status-null":500,"set":500,"response":204}'
if (JSON.stringify(seen) !== expected) throw new Error(`no longer so: ${JSON.stringify(seen)}`)
JS
node check.mjs
