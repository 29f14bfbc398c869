#!/usr/bin/env bash
# Zod 4.6.7 as a Standard Schema v1 first runs a schema synchronously, and again if a check was asynchronous. The promise of the first run is
# dropped: if the check rejects, as when a database is down, that rejection is unhandled, which ends a process of Node, although the promise
# that `validate` returned rejects as well and was handled. Valibot 1.5.0 runs the check once.
# Prints what happens in each, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund zod@4.6.7 valibot@1.5.0
cat >check.mjs <<'JS'
import * as v from 'valibot'
import { z } from 'zod'

const down = () => Promise.reject(new Error('the database is down'))
const schemas = {
  zod: z.object({ sub: z.string().refine(down) }),
  valibot: v.objectAsync({ sub: v.pipeAsync(v.string(), v.checkAsync(down)) }),
}
const seen = {}
for (const [name, schema] of Object.entries(schemas)) {
  seen[name] = []
  const note = () => seen[name].push('unhandled')
  process.on('unhandledRejection', note)
  try {
    await schema['~standard'].validate({ sub: 'u1' })
  } catch {
    seen[name].push('caught')
  }
  await new Promise((resolve) => setTimeout(resolve, 50))
  process.off('unhandledRejection', note)
}
console.log(seen)
const expected = { zod: ['caught', 'unhandled'], valibot: ['caught'] }
for (const name of Object.keys(expected))
  if (seen[name].sort().join() !== expected[name].join()) throw new Error(`no longer so: ${JSON.stringify(seen)}`)
JS
node check.mjs
