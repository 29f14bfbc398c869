/** The work on a hostile header grows no faster than its length. It is counted, not timed: rounds of loops, calls, and characters read. */
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { buildSync } from 'esbuild'
import fc from 'fast-check'
import ts from 'typescript'
import { describe, expect } from 'vitest'
import { TOKEN } from './arbitraries.ts'
import { SEPARATORS } from './http-arbitraries.ts'
import { property } from './runs.ts'

/** Code that counts each round of a loop, and each call of a function. */
function counted(code: string): string {
  const edits: (readonly [place: number, text: string])[] = []
  const visit = (node: ts.Node): void => {
    const body = ts.isIterationStatement(node, false) ? node.statement : ts.isFunctionLike(node) && 'body' in node ? node.body : undefined
    if (body?.kind === ts.SyntaxKind.Block) edits.push([body.getStart() + 1, 'steps++;'])
    else if (body && ts.isArrowFunction(node)) edits.push([body.getStart(), '(steps++,'], [body.end, ')'])
    else if (body) edits.push([body.getStart(), '{steps++;'], [body.end, '}'])
    node.forEachChild(visit)
  }
  visit(ts.createSourceFile('library.js', code, ts.ScriptTarget.ES2022, true))
  return edits.sort(([one], [other]) => other - one).reduce((text, [at, more]) => text.slice(0, at) + more + text.slice(at), code)
}

/** Counts the characters that native functions read. The linter lets no regular expression in that reads them more than once. */
const NATIVES = `var steps = 0
const costs = { indexOf: (text, found, from = 0) => (found < 0 ? text.length : found) - from, slice: (_text, part) => part.length }
for (const [prototype, names] of [
  [String.prototype, 'indexOf lastIndexOf includes slice substring split replace replaceAll match matchAll search trim toLowerCase toUpperCase'],
  [RegExp.prototype, 'exec test'],
]) for (const name of names.split(' ')) {
  const native = prototype[name]
  prototype[name] = function (...args) {
    const result = native.apply(this, args)
    steps += costs[name]?.(this, result, args[1]) ?? (typeof this === 'object' && this.exec ? args[0] : this).length
    return result
  }
}`

const resolveDir = fileURLToPath(new URL('../../src', import.meta.url))
const stdin = { contents: "export * from './http.ts'", resolveDir }
const { outputFiles } = buildSync({ stdin, bundle: true, format: 'iife', globalName: 'library', target: 'es2022', write: false })
const realm = createContext({})
const { clearTokenCookie, isCrossOrigin, readTokens, tokenCookie } = runInContext(
  `${NATIVES};${counted(outputFiles[0]?.text ?? '')};library`,
  realm,
) as typeof import('hs256/http')

const CALLS: Readonly<Record<string, (text: string) => unknown>> = {
  'readTokens of a cookie': (cookie) => readTokens({ cookie }),
  'readTokens of a bearer token': (authorization) => readTokens({ authorization }),
  'readTokens of a list': (text) => readTokens({ cookie: text.split(';'), authorization: text.split(',') }),
  'isCrossOrigin of an origin': (origin) => isCrossOrigin('POST', { host: 'orders.example', origin }),
  'isCrossOrigin of a host': (host) => isCrossOrigin('POST', { host, origin: 'https://orders.example' }),
  'isCrossOrigin of a site': (site) => isCrossOrigin('POST', { 'sec-fetch-site': site }),
  'isCrossOrigin of a trusted origin': (origin) => isCrossOrigin('POST', {}, { trustedOrigins: [origin] }),
  'tokenCookie of a token': (token) => tokenCookie(token),
  'tokenCookie of a lifetime': (maxAge) => tokenCookie(TOKEN, { maxAge: maxAge as '1h' }),
  'clearTokenCookie of a cookie': (cookie) => clearTokenCookie({ cookie }),
  'clearTokenCookie of a domain': (domain) => clearTokenCookie({ domain }),
  'clearTokenCookie of a path': (path) => clearTokenCookie({ path }),
  'clearTokenCookie of a SameSite': (sameSite) => clearTokenCookie({ sameSite: sameSite as 'Lax' }),
}

/** The steps of a call, which may throw. */
function stepsOf(call: (text: string) => unknown, text: string): number {
  runInContext('steps = 0', realm)
  try {
    call(text)
  } catch {}
  return runInContext('steps', realm) as number
}

const WORDS = 'jwt=|jwt=a; |jwt|Bearer |https://|/|a|a.|1|[|:443|%E0'.split('|')
const word = fc.constantFrom(...WORDS, `jwt=${TOKEN}; `, TOKEN, ...SEPARATORS)
const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((list) => list.join(''))
const begin = fc.constantFrom('', ';', 'jwt=', 'Bearer ', 'Bearer a', 'https://', '/', '.', '__Host-', 'a')

const end = fc.constantFrom('', '!', ';', 'x')

describe.each(Object.entries(CALLS))('%s', (_name, call) => {
  property('takes at most ten steps for each character', begin, words, end, (first, piece, last) => {
    const text = first + piece.repeat(Math.ceil(1000 / piece.length)) + last
    expect(stepsOf(call, text)).toBeLessThanOrEqual(10 * text.length)
  })
})
