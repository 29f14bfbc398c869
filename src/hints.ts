/** What to do about an unknown option. */

/** Options of other libraries, and what they are called here. */
export const RENAMED: Readonly<Record<string, string>> = {
  aud: 'audience',
  cache: 'remember',
  clockSkew: 'clockTolerance',
  clockTimestamp: 'now',
  cookieName: 'cookie',
  currentDate: 'now',
  exp: 'expiresIn',
  iss: 'issuer',
  leeway: 'clockTolerance',
  maxTokenAge: 'maxAge',
  name: 'cookie',
  requiredClaims: 'required',
  sub: 'subject',
  typ: 'type',
}

/** Options of other libraries, and what to do instead. */
export const INSTEAD: Readonly<Record<string, string>> = {
  algorithm: 'HS256 is the only algorithm',
  algorithms: 'HS256 is the only algorithm',
  aud: 'put aud in the claims',
  audience: 'put aud in the claims',
  complete: 'the result always has the header',
  expires: 'use expiresIn for a token, and maxAge for a cookie',
  ignoreExpiration: 'catch JwtExpiredError; only the MAC of its claims was checked',
  iss: 'put iss in the claims',
  issuer: 'put iss in the claims',
  jti: 'to sign, put jti in the claims; after verify, compare claims.jti',
  jwtid: 'to sign, put jti in the claims; after verify, compare claims.jti',
  keyid: 'pass kid to createKey',
  kid: 'pass kid to createKey',
  noTimestamp: 'iat is always set',
  remember: 'pass it to createVerifier, or to createGuard beside verify',
  sub: 'put sub in the claims',
  subject: 'put sub in the claims',
}

/** Makes the hints of a function that takes other options inside its option `place`. */
export function hintsInto(
  place: string,
  { entries }: { readonly entries: object },
  more: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const hints: Record<string, string> = { ...INSTEAD }
  for (const name of Object.keys(entries)) hints[name] = `move it into ${place}`
  for (const [name, renamed] of Object.entries(RENAMED))
    if (Object.hasOwn(entries, renamed)) hints[name] = `use ${renamed} in ${place}`
  return { ...hints, ...more }
}
