/** What the page may do: load its own scripts and styles, and nothing else. It connects to nobody, and nobody frames it. */

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

/** The policy as the page itself states it, for a host that sets no headers. */
export const META_POLICY: string = toText(DIRECTIVES)

/** The policy as the server states it: a page cannot say by itself who may frame it. */
export const POLICY: string = toText({ ...DIRECTIVES, 'frame-ancestors': "'none'" })

function toText(directives: Readonly<Record<string, string>>): string {
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}
