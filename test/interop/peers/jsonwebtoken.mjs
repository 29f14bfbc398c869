/** jsonwebtoken. It adds an `iat` where there is none, and with `noTimestamp` takes away the one that is there. */
import jsonwebtoken from 'jsonwebtoken'
import { converse, SECRET } from './conversation.mjs'

await converse({
  sign: (claims) => jsonwebtoken.sign(claims, SECRET, { algorithm: 'HS256', noTimestamp: !('iat' in claims) }),
  verify: (token) => jsonwebtoken.verify(token, SECRET, { algorithms: ['HS256'] }),
})
