#!/usr/bin/env bash
# Yup 1.7.1 as a Standard Schema v1 always answers with a promise, also for a schema without a single asynchronous test, where Zod 4.6.7,
# Valibot 1.5.0 and Joi 18.3.2 answer at once. The interface allows both, so code that validates the claims of a token synchronously cannot use Yup.
# Its answer also has converted values: `'5'` passes for a number, unless the schema is `strict()`.
# Prints what each answers, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund yup@1.7.1 zod@4.6.7 valibot@1.5.0 joi@18.3.2
cat >check.mjs <<'JS'
import Joi from 'joi'
import * as v from 'valibot'
import * as yup from 'yup'
import { z } from 'zod'

const yupSchema = yup.object({ level: yup.number().required() })
const schemas = {
  yup: yupSchema,
  'yup, strict': yupSchema.strict(),
  zod: z.object({ level: z.number() }),
  valibot: v.object({ level: v.number() }),
  'joi, strict': Joi.object({ level: Joi.number().strict().required() }),
}
const seen = {}
for (const [name, schema] of Object.entries(schemas)) {
  const answer = schema['~standard'].validate({ level: 5 })
  const text = await schema['~standard'].validate({ level: '5' })
  seen[name] = [answer instanceof Promise ? 'promise' : 'at once', text.issues ? "'5' is rejected" : `'5' becomes ${JSON.stringify(text.value.level)}`]
}
console.log(seen)
const rejected = ['at once', "'5' is rejected"]
const expected = { yup: ['promise', "'5' becomes 5"], 'yup, strict': ['promise', "'5' is rejected"], zod: rejected, valibot: rejected, 'joi, strict': rejected }
if (JSON.stringify(seen) !== JSON.stringify(expected)) throw new Error(`no longer so: ${JSON.stringify(seen)}`)
JS
node check.mjs
