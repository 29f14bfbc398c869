/** Good tokens: a library that rejects everything is safe, but useless. */
import { fromBase64url } from '../support/bytes.ts'
import { but, rule, tokens } from './case.ts'
import { clock, NOW } from './forge.ts'

const good = rule(13, 'rfc', 'RFC 7519 §7.2', 'accepted')

// RFC 7515 A.1.1: key and token, byte for byte.
const A1_KEY = fromBase64url('AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow')
const A1_TOKEN =
  'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9' +
  '.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ' +
  '.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const a1 = { token: () => A1_TOKEN, keys: (make: (secret: unknown) => unknown) => make(A1_KEY) }

export const goodTokens = [
  ...tokens('good token', good, {
    plain: { token: {} },
    'without typ': { token: { header: '{"alg":"HS256"}' } },
    'of another typ': { token: { header: '{"alg":"HS256","typ":"at+jwt"}' } },
    'with unknown header parameters': { token: { header: '{"alg":"HS256","x-y":{"z":[1,null]},"http://example/a":true}' } },
    'with white space in its JSON': { token: { header: ' \n{ "alg" :\t"HS256" }\r\n', payload: ' {\n"exp" : 1800003600 } ' } },
    'with escapes in its JSON': { token: { header: '{"\\u0061lg":"HS\\u0032\\u0035\\u0036"}', payload: '{"e\\u0078p":1800003600}' } },
    'without claims': { token: { payload: '{}' }, options: { requireExp: false } },
    'with a cty other than JWT': { token: { header: '{"alg":"HS256","cty":"json"}' } },
    'with letters beyond ASCII': { token: { payload: '{"exp":1800003600,"sub":"жук 😀 é"}' } },
    'with an exp in exponent notation': { token: { payload: '{"exp":1.8000036e9}' } },
    'with every registered claim': {
      token: { payload: '{"iss":"a","sub":"b","aud":["c"],"exp":1800003600,"nbf":1799999999,"iat":1799999999,"jti":"d"}' },
      options: { issuer: 'a', subject: 'b', audience: 'c' },
    },
  }),
  ...tokens('RFC 7515 A.1', but(good, { source: 'RFC 7515 A.1.1' }), {
    'a second before its exp': { ...a1, options: { issuer: 'joe', now: clock(1_300_819_379) } },
  }),
  ...tokens('RFC 7515 A.1', but(good, { attack: 18, source: 'RFC 7519 §4.1.4', verdict: 'ERR_JWT_EXPIRED' }), {
    'at its exp': { ...a1, options: { issuer: 'joe', now: clock(1_300_819_380) } },
    'long after its exp': { ...a1, options: { now: clock(NOW) } },
  }),
]
