/**
 * The implementation of npm that the argument names. It answers requests line by line: `sign CLAIMS` with a token, `verify TOKEN` with its
 * claims or `refused`. The secret is JWT_SECRET's.
 */
import { text } from 'node:stream/consumers'

const SECRET = process.env.JWT_SECRET

const PEERS = {
  async jose() {
    const { jwtVerify, SignJWT } = await import('jose')
    const key = new TextEncoder().encode(SECRET)
    return {
      sign: (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(key),
      verify: async (token) => (await jwtVerify(token, key, { algorithms: ['HS256'] })).payload,
    }
  },
  // It adds an `iat` where there is none, and with `noTimestamp` takes away the one that is there.
  async jsonwebtoken() {
    const { default: jwt } = await import('jsonwebtoken')
    return {
      sign: (claims) => jwt.sign(claims, SECRET, { algorithm: 'HS256', noTimestamp: !('iat' in claims) }),
      verify: (token) => jwt.verify(token, SECRET, { algorithms: ['HS256'] }),
    }
  },
  async 'fast-jwt'() {
    const { createSigner, createVerifier } = await import('fast-jwt')
    return {
      sign: (claims) => createSigner({ key: SECRET, algorithm: 'HS256', noTimestamp: !('iat' in claims) })(claims),
      verify: createVerifier({ key: SECRET, algorithms: ['HS256'] }),
    }
  },
  async hono() {
    const { sign, verify } = await import('hono/jwt')
    return { sign: (claims) => sign(claims, SECRET, 'HS256'), verify: (token) => verify(token, SECRET, 'HS256') }
  },
}

const { sign, verify } = await PEERS[process.argv[2]]()
for (const line of (await text(process.stdin)).split('\n').slice(0, -1)) {
  const [, verb, argument] = /^(\w+) (.*)$/s.exec(line)
  try {
    console.log(verb === 'sign' ? await sign(JSON.parse(argument)) : JSON.stringify(await verify(argument)))
  } catch (error) {
    console.log('refused', error.name)
  }
}
