/** fast-jwt. It adds an `iat` where there is none, unless told not to. */
import { createSigner, createVerifier } from 'fast-jwt'
import { converse, SECRET } from './conversation.mjs'

await converse({
  sign: (claims) => createSigner({ key: SECRET, algorithm: 'HS256', noTimestamp: !('iat' in claims) })(claims),
  verify: createVerifier({ key: SECRET, algorithms: ['HS256'] }),
})
