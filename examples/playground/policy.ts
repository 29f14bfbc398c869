/** What the page may do: only load its own scripts and styles. It cannot connect anywhere, and cannot be framed. */

const DIRECTIVES: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': 'data:',
  'connect-src': "'none'",
  'form-action': "'none'",
  'base-uri': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': "'none'",
}

/** The policy in the page itself, for hosts that set no headers. */
export const META_POLICY: string = toText(DIRECTIVES)

/** The policy in the server's header: a page's own policy cannot forbid framing. */
export const POLICY: string = toText({ ...DIRECTIVES, 'frame-ancestors': "'none'" })

function toText(directives: Readonly<Record<string, string>>): string {
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}
