/** The three libraries that most services run: what we sign they accept, what they sign we accept, and both refuse what was changed. */
import { sign as honoSign, verify as honoVerify } from 'hono/jwt'
import { createKey, JwtSignatureError, sign, verify } from 'hs256'
import { jwtVerify, SignJWT } from 'jose'
import jsonwebtoken from 'jsonwebtoken'
import { describe, expect, it } from 'vitest'

const SECRET = 'correct horse battery staple, 32+ — päßwörd \u{1f511}'
const key = createKey(SECRET)

type Claims = Readonly<Record<string, unknown>>

interface Peer {
  readonly sign: (claims: Claims) => Promise<string>
  readonly verify: (token: string) => Promise<unknown>
}

const PEERS: Readonly<Record<string, Peer>> = {
  jsonwebtoken: {
    // It adds an iat where there is none or 0, and with noTimestamp takes away the one that is there. Its check of an object trips
    // over names that every object inherits ("validator.isValid is not a function"). What it signs as a text it leaves alone.
    sign: async (claims) =>
      claims['iat'] === 0 || Object.keys(claims).some((name) => name in Object.prototype)
        ? jsonwebtoken.sign(JSON.stringify(claims), SECRET, { algorithm: 'HS256' })
        : jsonwebtoken.sign({ ...claims }, SECRET, { algorithm: 'HS256', noTimestamp: !('iat' in claims) }),
    verify: async (token) => jsonwebtoken.verify(token, SECRET, { algorithms: ['HS256'] }),
  },
  jose: {
    // It takes no secret as text, and sets no typ unless told.
    sign: (claims) => new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(SECRET)),
    verify: async (token) => (await jwtVerify(token, new TextEncoder().encode(SECRET), { algorithms: ['HS256'] })).payload,
  },
  'hono/jwt': {
    sign: (claims) => honoSign({ ...claims }, SECRET, 'HS256'),
    verify: (token) => honoVerify(token, SECRET, 'HS256'),
  },
}

const EXP = 4_102_444_800 // 2100-01-01T00:00:00Z: the peers' clocks are the system's

/** Claims of every shape, as JSON, so that a member may be named `__proto__`. */
const SHAPES: Readonly<Record<string, string>> = {
  'nothing but exp': '{}',
  'all registered claims':
    '{"iss":"https://auth.example","sub":"u1","aud":"orders","nbf":1700000000,"iat":1700000000,"jti":"0b1e5bd4-0c4e-4f4e-8f3e-0d8d8a6f7a11"}',
  'a list as audience': '{"aud":["orders","billing"]}',
  'an empty list as audience': '{"aud":[]}',
  'times with fractions': '{"iat":1700000000.25,"nbf":1699999999.75}',
  'times at zero': '{"iat":0,"nbf":0}',
  'negative times': '{"iat":-1,"nbf":-1.5}',
  'role and groups': '{"sub":"u1","role":"admin","groups":["ops","dev"]}',
  'names that are not ASCII': '{"名前":"山田太郎","имя":"Иван","اسم":"محمد","שם":"דוד"}',
  'emoji, also joined ones': '{"sub":"\u{1f600}","family":"\u{1f468}\u200d\u{1f469}\u200d\u{1f467}","flag":"\u{1f1e9}\u{1f1ea}"}',
  'composed and decomposed letters': '{"composed":"caf\u00e9","decomposed":"cafe\u0301"}',
  'escapes and control characters': '{"a":"\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007f","b":"\u2028\u2029\ufeff"}',
  'lone surrogates': '{"high":"\\ud800","low":"\\udc00"}',
  'markup and dots': '{"html":"<script>alert(1)</script>&amp;","dots":"a.b.c","pad":"==","sql":"\' OR 1=1 --"}',
  'four kilobytes of text': JSON.stringify({ text: 'Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich. '.repeat(61) }),
  'a thousand members': JSON.stringify(Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`claim${index}`, index]))),
  'a list of a thousand': JSON.stringify({ list: Array.from({ length: 1000 }, (_, index) => index / 8) }),
  'objects in objects': '{"a":{"b":{"c":{"d":{"e":[[[{"f":null}]]]}}}}}',
  'two hundred levels': `{"deep":${'['.repeat(200)}${']'.repeat(200)}}`,
  'empty values': '{"text":"","list":[],"object":{},"null":null,"false":false,"zero":0,"":"empty name"}',
  'true, false and null': '{"yes":true,"no":false,"nothing":null}',
  'numbers at the edges of double':
    '{"max":1.7976931348623157e308,"min":5e-324,"negative":-1.7976931348623157e308,"epsilon":2.220446049250313e-16,"third":0.3333333333333333}',
  'whole numbers at the edges': '{"safe":9007199254740991,"beyond":9007199254740992,"least":-9007199254740991,"big":1e21,"small":1e-7}',
  'mixed lists': '{"list":[1,"a",true,null,{"b":2},[3,[4]]]}',
  'names of other objects': '{"constructor":"a","toString":"b","hasOwnProperty":"c","length":3,"then":"d","toJSON":"e","valueOf":1}',
  'a member named __proto__': '{"__proto__":{"admin":true},"sub":"u1"}',
  'an empty subject': '{"sub":"","iss":"","jti":""}',
  'a URL as name': '{"https://example.com/is_root":true,"urn:example:a b":"c"}',
  'names that look like numbers': '{"1":"one","0":"zero","-1":"minus one","1e3":"thousand"}',
}

/** Changes the payload, which stays JSON with an `exp`: only the MAC tells. */
function tamper(token: string): string {
  const [header, payload = '', mac] = token.split('.')
  const json = Buffer.from(payload, 'base64url')
    .toString()
    .replace(`"exp":${EXP}`, `"exp":${EXP + 1}`)
  return [header, Buffer.from(json).toString('base64url'), mac].join('.')
}

describe.each(Object.entries(PEERS))('%s', (_name, peer) => {
  describe.each(Object.entries(SHAPES))('%s', (_shape, json) => {
    const claims = { ...(JSON.parse(json) as Claims), exp: EXP }

    it('accepts our token, and refuses a tampered copy, as we do', async () => {
      const token = await sign(claims, key)
      const expected: unknown = 'iat' in claims ? claims : { iat: expect.any(Number) as number, ...claims }
      expect(await peer.verify(token)).toEqual(expected)
      await expect(peer.verify(tamper(token))).rejects.toThrow()
      await expect(verify(tamper(token), key, { ignoreAudience: true })).rejects.toThrow(JwtSignatureError)
    })

    it('makes a token that we accept, and whose tampered copy we refuse, as it does', async () => {
      const token = await peer.sign(claims)
      expect((await verify(token, key, { ignoreAudience: true })).claims).toEqual(claims)
      await expect(verify(tamper(token), key, { ignoreAudience: true })).rejects.toThrow(JwtSignatureError)
      await expect(peer.verify(tamper(token))).rejects.toThrow()
    })
  })
})
