/** Leaks: token, key and claims contain markers, and no error may show one. Every case is searched; these are made for it. */
import { but, tokens, type Rule } from './case.ts'
import { OTHER_SECRET } from './forge.ts'

const leak: Rule = { attack: 24, kind: 'policy', source: 'CVE-2019-7644, CVE-2025-65015', verdict: 'ERR_JWT_MALFORMED' }

const NEEDLES = '"sub":"needle-of-a-claim","role":"needle-of-a-role","mail":"needle@claims.example"'
const schema = (validate: (claims: { readonly sub: string }) => unknown): object => ({
  schema: { '~standard': { version: 1, vendor: 'test', validate } },
})

export const leaks = [
  ...tokens('error with needles', leak, {
    'of JSON.parse, in the payload': { token: { payload: `{${NEEDLES},needle-of-a-claim}` } },
    'of JSON.parse, in the header': { token: { header: '{"alg":"HS256","x":needle-of-a-claim}' } },
    'of a header parameter': { token: { header: '{"alg":"HS256","crit":["needle-of-a-claim"]}' } },
    'of a kid of another type': { token: { header: '{"alg":"HS256","kid":["needle-of-a-claim"]}' } },
    'of a segment': { token: { join: (input) => `${input}.needle-of-a-claim!` } },
  }),
  ...tokens('error with needles', but(leak, 'ERR_JWT_ALGORITHM'), { 'of alg': { token: { header: '{"alg":"needle-of-a-claim"}' } } }),
  ...tokens('error with needles', but(leak, 'ERR_JWT_KEY_NOT_FOUND'), {
    'of kid': { token: { header: '{"alg":"HS256","kid":"needle-of-a-claim"}' }, keys: (make) => make(OTHER_SECRET, { kid: 'a' }) },
  }),
  ...tokens('error with needles', but(leak, 'ERR_JWT_SIGNATURE'), {
    'of a forgery': { token: { payload: `{${NEEDLES}}`, secret: OTHER_SECRET } },
  }),
  ...tokens('error with needles', but(leak, 'ERR_JWT_EXPIRED'), { 'of exp': { token: { payload: `{"exp":5,${NEEDLES}}` } } }),
  ...tokens('error with needles', but(leak, 'ERR_JWT_NOT_YET_VALID'), {
    'of nbf': { token: { payload: `{"exp":1800003600,"nbf":1800003599,${NEEDLES}}` } },
  }),
  ...tokens('error with needles', but(leak, 'ERR_JWT_CLAIM iss mismatch'), {
    'of iss': { token: { payload: `{"exp":1800003600,"iss":"needle-of-a-claim"}` }, options: { issuer: 'needle-of-an-issuer' } },
  }),
  ...tokens('error with needles', but(leak, 'ERR_JWT_CLAIM aud mismatch'), {
    'of aud': { token: { payload: `{"exp":1800003600,"aud":["needle-of-a-claim"]}` }, options: { audience: 'needle-of-an-audience' } },
  }),
  ...tokens('error with needles', but(leak, 'ERR_JWT_CLAIM sub invalid'), {
    'of sub': { token: { payload: `{"exp":1800003600,"sub":["needle-of-a-claim"]}` } },
  }),
  ...tokens('error with needles', but(leak, 'ERR_JWT_CLAIM role invalid'), {
    'of a schema that quotes': {
      token: { payload: `{"exp":1800003600,${NEEDLES}}` },
      options: schema(({ sub }) => ({ issues: [{ message: `expected admin, got ${sub}`, path: ['role'] }] })),
    },
  }),
]
