/** The page's call of the library, as code to copy. It never contains a secret. */

/**
 * The call of `verify`.
 * @param {Readonly<Record<string, unknown>>} expectations
 * @param {boolean} isEncoded whether the secret is base64url
 */
export function verifyCode(expectations, isEncoded) {
  const options = Object.entries(expectations).map(([name, value]) => `${name}: ${literal(value)}`)
  return [
    "import { createKey, verify } from 'hs256'",
    '',
    `const key = createKey(${isEncoded ? "{ kty: 'oct', k: process.env.JWT_SECRET }" : 'process.env.JWT_SECRET'})`,
    `const { claims } = await verify(token, key${options.length === 0 ? '' : `, {\n  ${options.join(',\n  ')},\n}`})`,
  ].join('\n')
}

/**
 * @param {unknown} value
 * @returns {string}
 */
function literal(value) {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  return typeof value !== 'string' ? String(value) : `'${value.replaceAll(/['\\]/g, String.raw`\$&`)}'`
}
