/** Where jose and jsonwebtoken accept what the reference refuses, by its reason, and why that is so: every other disagreement is a failure. */

const BOTH = {
  'aud, and nobody who says to be it': 'RFC 7519 §4.1.3 says MUST; both leave it to the application to name an audience',
  'issued in the future': 'policy here: RFC 7519 §4.1.6 gives iat no rule',
  'exp in milliseconds': 'policy here: RFC 7519 §2 has no last year',
  'nbf in milliseconds': 'policy here: RFC 7519 §2 has no last year',
  'iat in milliseconds': 'policy here: RFC 7519 §2 has no last year',
  'exp that is not finite': 'JSON.parse makes Infinity of 1e400, which is a number of JavaScript and none of RFC 7519 §2',
  'nbf that is not finite': 'as for exp',
  'iat that is not finite': 'as for exp',
  'iss of another type': 'a claim that the options do not ask for is not looked at; RFC 7519 §4.1.1 says StringOrURI',
  'sub of another type': 'as for iss (§4.1.2)',
  'jti of another type': 'as for iss (§4.1.7)',
  'aud of another type': 'as for iss (§4.1.3); a list is searched for the one that is expected, whatever else is in it',
  'kid that is no text': 'the key is given, so nobody looks at kid (RFC 7515 §4.1.4 says it MUST be a string)',
  'typ that is no text': 'typ is left to the application (RFC 7515 §4.1.9)',
  'cty that is no text': 'cty is left to the application (RFC 7515 §4.1.10)',
  'a token in a token': 'policy here: RFC 7519 §5.2 would have it opened',
  b64: 'policy here: without crit, b64 is an unknown parameter (RFC 7797 §6), which is ignored',
  'spare bits in the header': 'policy here: RFC 4648 §3.5 lets a decoder choose',
  'spare bits in the payload': 'as in the header',
} as const

/** By peer: what it accepts, by the reason of the reference's refusal. */
export const ACCEPTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  jose: {
    ...BOTH,
    'spare bits in the signature': 'as in the header',
    'a character that is not base64url in the header':
      'Buffer decodes the alphabet of base64, padding and white space too; RFC 7515 §2 says without',
    'a character that is not base64url in the payload': 'as in the header',
    'a character that is not base64url in the signature': 'as in the header',
    'a byte order mark in the header': 'TextDecoder drops it; RFC 8259 §8.1 lets a parser ignore it',
    'a byte order mark in the payload': 'as in the header',
  },
  jsonwebtoken: {
    ...BOTH,
    crit: 'it does not look at crit; RFC 7515 §4.1.11 says MUST',
    'no exp': 'policy here: it has no option to require exp',
    'iat of another type': 'it looks at iat only with the option maxAge; RFC 7519 §4.1.6 says MUST be a number',
    'no JSON in the payload': 'it returns the payload as a text; a JWT has claims (RFC 7519 §3)',
    'no object in the payload': 'as above',
    'a byte order mark in the payload': 'as above: it is no JSON, so it is a text',
    'no UTF-8 in the header': 'Buffer replaces what is not UTF-8 by U+FFFD; RFC 7519 §7.2 says MUST be UTF-8',
    'no UTF-8 in the payload': 'as in the header: two identities may become one',
    'a length of 4n + 1 in the header': 'Buffer drops a last letter that makes no byte',
    'a length of 4n + 1 in the payload': 'as in the header',
  },
}

/** By peer: what it refuses although the reference accepts it, by the peer's own words. There is nothing of the kind. */
export const REFUSES: Readonly<Record<string, Readonly<Record<string, string>>>> = { jose: {}, jsonwebtoken: {} }
