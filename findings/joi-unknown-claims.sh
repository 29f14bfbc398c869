#!/usr/bin/env bash
# Joi 18.3.2 as a Standard Schema v1 rejects members that the schema does not name. So a schema of an application's own claims rejects every
# real token, which has `iat` and `exp`, until it gets `.unknown()`. Zod 4.6.7 and Valibot 1.5.0 leave such members out, and ArkType 2.2.10 and
# Yup 1.7.1 keep them; a caller of the interface cannot choose, because it has no options for that.
# Prints what each returns for the same claims, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund joi@18.3.2 zod@4.6.7 valibot@1.5.0 arktype@2.2.10 yup@1.7.1
cat >check.mjs <<'JS'
import { type } from 'arktype'
import Joi from 'joi'
import * as v from 'valibot'
import * as yup from 'yup'
import { z } from 'zod'

const joi = Joi.object({ role: Joi.string().required() })
const schemas = {
  joi,
  'joi, unknown': joi.unknown(),
  zod: z.object({ role: z.string() }),
  valibot: v.object({ role: v.string() }),
  arktype: type({ role: 'string' }),
  yup: yup.object({ role: yup.string().required() }),
}
const seen = {}
for (const [name, schema] of Object.entries(schemas)) {
  const { issues, value } = await schema['~standard'].validate({ role: 'admin', iat: 1800000000, exp: 1800003600 })
  seen[name] = issues === undefined ? Object.keys(value).sort().join(' ') : issues.map(({ message }) => message).join('; ')
}
console.log(seen)
const all = 'exp iat role'
const expected = { joi: '"iat" is not allowed', 'joi, unknown': all, zod: 'role', valibot: 'role', arktype: all, yup: all }
if (JSON.stringify(seen) !== JSON.stringify(expected)) throw new Error(`no longer so: ${JSON.stringify(seen)}`)
JS
node check.mjs
