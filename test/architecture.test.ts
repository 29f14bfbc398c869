import { posix } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { filesOf, read } from './support/docs-pages.ts'

/** The architecture, from the bottom up. A file may import only what lies on a lower floor; files on one floor do not know each other. */
const FLOORS: readonly (readonly string[])[] = [
  ['errors.ts', 'hints.ts', 'object.ts'],
  ['options.ts', 'time.ts', 'utf8.ts'],
  ['base64url.ts', 'json.ts'],
  ['jws.ts', 'secret.ts'],
  ['key.ts'],
  ['hmac/webcrypto.ts', 'hmac/node.ts'],
  ['claims.ts', 'memory.ts'],
  ['schema.ts'],
  ['expectations.ts', 'jwt.ts'],
  ['rules.ts', 'issuance.ts'],
  ['verify.ts', 'verify-sync.ts', 'sign.ts', 'sign-sync.ts', 'decode.ts'],
  ['http/request.ts'],
  ['http/tokens.ts', 'http/cross-origin.ts'],
  ['http/cookie-options.ts', 'http/policy.ts'],
  ['http/cookie.ts', 'http/response.ts'],
  ['http/authenticate.ts'],
  ['index.ts', 'sync.ts', 'http.ts'],
]

/** Sources by their path from `src/`. */
type Sources = Readonly<Record<string, string>>

const sources: Sources = Object.fromEntries(filesOf('src', '.ts').map((file) => [posix.relative('src', file), read(file)]))

/** What a source imports, types and re-exports included. */
const importsOf = (source = ''): readonly string[] => ts.preProcessFile(source, true, true).importedFiles.map(({ fileName }) => fileName)

/** The imports of sources by sources. */
const edgesOf = (sources: Sources): readonly (readonly [from: string, to: string])[] =>
  Object.entries(sources).flatMap(([from, source]) =>
    importsOf(source).flatMap((name) => (name.startsWith('.') ? [[from, posix.join(posix.dirname(from), name)] as const] : [])),
  )

/** Imports that the floors forbid: upward, of a file on the same floor, of a file that does not exist, from or to one without a floor. */
function wrongImports(sources: Sources): readonly string[] {
  const floorOf = (path: string): number => FLOORS.findIndex((floor) => floor.includes(path))
  const isRight = (from: string, to: string): boolean => floorOf(to) >= 0 && floorOf(to) < floorOf(from) && sources[to] !== undefined
  return edgesOf(sources).flatMap(([from, to]) => (isRight(from, to) ? [] : [`${from} → ${to}`]))
}

/** All that a source imports, and what that imports, and so on. */
function reachable(path: string): ReadonlySet<string> {
  const found = new Set([path])
  for (const file of found) for (const [from, to] of edgesOf(sources)) if (from === file) found.add(to)
  return found
}

/** The sources whose code matches a pattern, without comments, in which a word may be meant as prose. */
const mentioning = (sources: Sources, pattern: RegExp): readonly string[] =>
  Object.keys(sources).filter((path) => {
    const scanner = ts.createScanner(ts.ScriptTarget.ES2022, true, ts.LanguageVariant.Standard, sources[path])
    const tokens: string[] = []
    while (scanner.scan() !== ts.SyntaxKind.EndOfFileToken) tokens.push(scanner.getTokenText())
    return pattern.test(tokens.join(' '))
  })

describe('imports', () => {
  it('go down, to a lower floor, and so form no cycle', () => {
    expect(wrongImports(sources)).toEqual([])
    expect(FLOORS.flat().sort()).toEqual(Object.keys(sources).sort())
  })

  it('go to files further down the list of docs/architecture.md', () => {
    const [, list = ''] = read('docs/architecture.md').split('```')
    const places = list.split('\n').flatMap((line) => {
      const folder = /^│|\bhmac\//.test(line) ? (line.startsWith('│') ? 'http/' : 'hmac/') : ''
      return [...line.matchAll(/[\w-]+\.ts\b/g)].map(([file]) => `${folder}${file}`)
    })
    expect([...places].sort()).toEqual(Object.keys(sources).sort())
    expect(edgesOf(sources).filter(([from, to]) => places.indexOf(to) < places.indexOf(from))).toEqual([])
  })

  it('are of files of src/ only, except node:buffer and node:crypto in hmac/node.ts', () => {
    const foreign = Object.entries(sources).flatMap(([path, source]) =>
      importsOf(source).flatMap((name) => (name.startsWith('.') ? [] : [`${path} → ${name}`])),
    )
    expect(foreign.sort()).toEqual(['hmac/node.ts → node:buffer', 'hmac/node.ts → node:crypto'])
    expect(mentioning(sources, /\b(require|createRequire|getBuiltinModule)\b/)).toEqual([])
  })

  it('lead from hs256 and hs256/http to Web Crypto only, and from hs256/sync to node:crypto only', () => {
    const engines = ['index.ts', 'http.ts', 'sync.ts'].map((door) => [...reachable(door)].filter((path) => path.startsWith('hmac/')))
    expect(engines).toEqual([['hmac/webcrypto.ts'], ['hmac/webcrypto.ts'], ['hmac/node.ts']])
  })

  it.each([
    ['json.ts', "import type { X } from './jws.ts'", 'jws.ts'],
    ['json.ts', "export type { X } from './jws.ts'", 'jws.ts'],
    ['json.ts', "type X = import('./jws.ts').X", 'jws.ts'],
    ['hmac/webcrypto.ts', "await import('../http/policy.ts')", 'http/policy.ts'],
    ['options.ts', "import './time.ts'", 'time.ts'],
    ['attic/x.ts', "import '../errors.ts'", 'errors.ts'],
    ['http/response.ts', "import './attic.ts'", 'http/attic.ts'],
  ])('are read by a checker that sees in %s: %s', (path, source, wrong) => {
    expect(wrongImports({ ...sources, [path]: source })).toEqual([`${path} → ${wrong}`])
  })
})

describe('crypto', () => {
  const outside = (pattern: RegExp) => mentioning(sources, pattern).filter((path) => !path.startsWith('hmac/'))

  it('is used only in hmac/', () => {
    const engine = /\bsubtle\b|\bcreateHmac\b|\btimingSafeEqual\b/i
    expect(mentioning(sources, engine)).toContain('hmac/webcrypto.ts')
    expect([...outside(engine), ...outside(/\bglobalThis\b|\bcrypto\s*\./)]).toEqual([])
    expect(mentioning({ a: '// subtle', b: '/** subtle */ x()', c: 'crypto.subtle.sign()' }, engine)).toEqual(['c'])
  })

  it('is what compares MACs: no other code does', () => {
    const comparing =
      /\b(mac|macs|signature)\b\s*(===?|!==?)|(===?|!==?)\s*\b(mac|signature)\b|\b(mac|signature)\s*\.\s*(every|some|at|equals|compare)\b/i
    expect(mentioning(sources, comparing)).toEqual([])
    expect(
      mentioning({ a: 'if (mac === expected) x()', b: 'x(expected !== mac)', c: 'mac.every((byte, i) => byte === e[i])' }, comparing),
    ).toHaveLength(3)
  })
})

describe('the entry points', () => {
  it.each(['index.ts', 'sync.ts', 'http.ts'])('only re-export: %s', (door) => {
    const file = ts.createSourceFile(door, sources[door] ?? '', ts.ScriptTarget.ES2022)
    expect(file.statements.filter((statement) => !ts.isExportDeclaration(statement))).toEqual([])
  })
})

describe('package.json', () => {
  it('has no dependency', () => {
    const manifest = JSON.parse(read('package.json')) as Readonly<Record<string, object>>
    for (const name of ['dependencies', 'optionalDependencies', 'bundleDependencies']) expect(manifest).not.toHaveProperty(name)
    const optional = Object.fromEntries(Object.keys(manifest['peerDependencies'] ?? {}).map((name) => [name, { optional: true }]))
    expect(manifest['peerDependenciesMeta']).toEqual(optional)
  })
})
