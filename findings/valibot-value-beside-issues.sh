#!/usr/bin/env bash
# Valibot 1.5.0 as a Standard Schema v1: the result of a failed validation has `value` beside `issues`, where the interface
# (@standard-schema/spec 1.1.0, FailureResult) has `issues` alone, as Zod 4.6.7 and ArkType 2.2.8 return it. Code that takes
# `'value' in result` for success accepts claims that the schema rejected: `issues` alone decides.
# Seen on Node 20.20.2. Prints what each library returns, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund valibot@1.5.0 zod@4.6.7 arktype@2.2.8
cat >check.mjs <<'JS'
import { type } from 'arktype'
import * as v from 'valibot'
import { z } from 'zod'

const schemas = {
  valibot: v.object({ sub: v.string() }),
  zod: z.object({ sub: z.string() }),
  arktype: type({ sub: 'string' }),
}
const seen = {}
for (const [name, schema] of Object.entries(schemas)) {
  const result = await schema['~standard'].validate({ sub: 5 })
  seen[name] = ['value', 'issues'].filter((member) => member in result && result[member] !== undefined)
}
console.log(seen)
const expected = '{"valibot":["value","issues"],"zod":["issues"],"arktype":["issues"]}'
if (JSON.stringify(seen) !== expected) throw new Error(`no longer so: ${JSON.stringify(seen)}`)
JS
node check.mjs
