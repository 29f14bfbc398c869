/** hono/jwt. */
import { sign, verify } from 'hono/jwt'
import { converse, SECRET } from './conversation.mjs'

await converse({
  sign: (claims) => sign(claims, SECRET, 'HS256'),
  verify: (token) => verify(token, SECRET, 'HS256'),
})
