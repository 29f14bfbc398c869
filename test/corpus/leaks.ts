/** Leaks: token, key and claims contain markers, and no error may show one. Every case is searched; these are made for it. */
import { schemaOf } from '../support/schemas.ts'
import { rule, tokens, type MakeKey, type Verdict } from './case.ts'
import { OTHER_SECRET, type Recipe } from './forge.ts'

const NEEDLES = '"sub":"needle-of-a-claim","role":"needle-of-a-role","mail":"needle@claims.example"'
const quoting = schemaOf(({ sub }: { readonly sub: string }) => ({ issues: [{ message: `expected admin, got ${sub}`, path: ['role'] }] }))
const keyA = (make: MakeKey): unknown => make(OTHER_SECRET, { kid: 'a' })

/** A token with needles, rejected with this verdict. */
const leaking = (verdict: Verdict, name: string, token: Recipe, more: object = {}) =>
  tokens('error with needles', rule(24, 'policy', 'CVE-2019-7644, CVE-2025-65015', verdict), { [name]: { token, ...more } })
const claims = (members: string) => ({ payload: `{"exp":1800003600,${members}}` })

export const leaks = [
  ...leaking('ERR_JWT_MALFORMED', 'of JSON.parse, in the payload', { payload: `{${NEEDLES},needle-of-a-claim}` }),
  ...leaking('ERR_JWT_MALFORMED', 'of JSON.parse, in the header', { header: '{"alg":"HS256","x":needle-of-a-claim}' }),
  ...leaking('ERR_JWT_MALFORMED', 'of a header parameter', { header: '{"alg":"HS256","crit":["needle-of-a-claim"]}' }),
  ...leaking('ERR_JWT_MALFORMED', 'of a kid of another type', { header: '{"alg":"HS256","kid":["needle-of-a-claim"]}' }),
  ...leaking('ERR_JWT_MALFORMED', 'of a segment', { join: (input) => `${input}.needle-of-a-claim!` }),
  ...leaking('ERR_JWT_ALGORITHM', 'of alg', { header: '{"alg":"needle-of-a-claim"}' }),
  ...leaking('ERR_JWT_KEY_NOT_FOUND', 'of kid', { header: '{"alg":"HS256","kid":"needle-of-a-claim"}' }, { keys: keyA }),
  ...leaking('ERR_JWT_SIGNATURE', 'of a forgery', { payload: `{${NEEDLES}}`, secret: OTHER_SECRET }),
  ...leaking('ERR_JWT_EXPIRED', 'of exp', { payload: `{"exp":5,${NEEDLES}}` }),
  ...leaking('ERR_JWT_NOT_YET_VALID', 'of nbf', claims(`"nbf":1800003599,${NEEDLES}`)),
  ...leaking('ERR_JWT_CLAIM iss mismatch', 'of iss', claims('"iss":"needle-of-a-claim"'), { options: { issuer: 'needle-of-an-issuer' } }),
  ...leaking('ERR_JWT_CLAIM aud mismatch', 'of aud', claims('"aud":["needle-of-a-claim"]'), {
    options: { audience: 'needle-of-an-audience' },
  }),
  ...leaking('ERR_JWT_CLAIM sub invalid', 'of sub', claims('"sub":["needle-of-a-claim"]')),
  ...leaking('ERR_JWT_CLAIM role invalid', 'of a schema that quotes', claims(NEEDLES), { options: { schema: quoting } }),
]
