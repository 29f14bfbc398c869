/** jose. */
import { jwtVerify, SignJWT } from 'jose'
import { converse, SECRET } from './conversation.mjs'

const key = new TextEncoder().encode(SECRET)

await converse({
  sign: (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(key),
  verify: async (token) => (await jwtVerify(token, key, { algorithms: ['HS256'] })).payload,
})
