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
const sources = Object.fromEntries(filesOf('src', '.ts').map((file) => [posix.relative('src', file), read(file)] as const))

/** What a source imports, types and re-exports included. */
const importsOf = (path: string, source: string): readonly string[] =>
  ts.preProcessFile(source, true, true).importedFiles.map(({ fileName }) => {
    return fileName.startsWith('.') ? posix.join(posix.dirname(path), fileName) : fileName
  })

const floorOf = (path: string): number => FLOORS.findIndex((floor) => floor.includes(path))

/** Imports that the floors forbid: upward, of a file on the same floor, from or to one without a floor. */
const wrongImports = (path: string, source: string): readonly string[] =>
  importsOf(path, source).filter((name) => floorOf(name) < 0 || floorOf(name) >= floorOf(path))

/** All that a source imports, and what that imports, and so on. */
function reachable(path: string): readonly string[] {
  const found = new Set([path])
  for (const file of found) for (const name of importsOf(file, sources[file] ?? '')) found.add(name)
  return [...found]
}

/** The sources whose code matches a pattern, without comments, in which a word may be meant as prose. */
const mentioning = (pattern: RegExp): readonly string[] =>
  Object.keys(sources).filter((path) =>
    pattern.test(ts.transpile(sources[path]!, { target: ts.ScriptTarget.ES2022, removeComments: true })),
  )

describe('imports', () => {
  it('go down, to a lower floor, and so form no cycle', () => {
    const wrong = Object.entries(sources).map(([path, source]) => [path, wrongImports(path, source)] as const)
    const foreign = { 'hmac/node.ts': ['node:crypto', 'node:buffer'] }
    expect(Object.fromEntries(wrong.filter(([, names]) => names.length > 0))).toEqual(foreign)
    expect(FLOORS.flat().sort()).toEqual(Object.keys(sources).sort())
  })

  it('go to files further down the list of docs/architecture.md', () => {
    const [, list = ''] = read('docs/architecture.md').split('```')
    const places = list.split('\n').flatMap((line) => {
      const folder = /^│|\bhmac\//.test(line) ? (line.startsWith('│') ? 'http/' : 'hmac/') : ''
      return [...line.matchAll(/[\w-]+\.ts\b/g)].map(([file]) => `${folder}${file}`)
    })
    expect([...places].sort()).toEqual(Object.keys(sources).sort())
    expect(places.map(floorOf)).toEqual(places.map(floorOf).sort((one, other) => other - one))
  })

  it('are of files of src/ only, except node:buffer and node:crypto in hmac/node.ts', () => {
    expect(mentioning(/\b(?:node:|require\b|createRequire\b|getBuiltinModule\b)/)).toEqual(['hmac/node.ts'])
  })

  it('lead from hs256 and hs256/http to Web Crypto only, and from hs256/sync to node:crypto only', () => {
    const engines = ['index.ts', 'http.ts', 'sync.ts'].map((door) => reachable(door).filter((path) => path.startsWith('hmac/')))
    expect(engines).toEqual([['hmac/webcrypto.ts'], ['hmac/webcrypto.ts'], ['hmac/node.ts']])
  })

  it.each([
    ['json.ts', "type X = import('./jws.ts').X", 'jws.ts'],
    ['options.ts', "import type { X } from './time.ts'", 'time.ts'],
    ['attic/x.ts', "import '../errors.ts'", 'errors.ts'],
    ['http/response.ts', "export * from './attic.ts'", 'http/attic.ts'],
  ])('are read by a checker that sees in %s: %s', (path, source, wrong) => {
    expect(wrongImports(path, source)).toEqual([wrong])
  })
})

it('crypto is used only in hmac/', () => {
  const engine = /\bsubtle\b|\bcreateHmac\b|\btimingSafeEqual\b|\bglobalThis\b|\bcrypto\s*\./i
  expect(mentioning(engine)).toEqual(['hmac/node.ts', 'hmac/webcrypto.ts'])
})

it.each(['index.ts', 'sync.ts', 'http.ts'])('the entry point %s only re-exports', (door) => {
  const file = ts.createSourceFile(door, sources[door] ?? '', ts.ScriptTarget.ES2022)
  expect(file.statements.filter((statement) => !ts.isExportDeclaration(statement))).toEqual([])
})

describe('package.json', () => {
  it('has no dependency', () => {
    const manifest = JSON.parse(read('package.json')) as Readonly<Record<string, object>>
    for (const name of ['dependencies', 'optionalDependencies', 'bundleDependencies']) expect(manifest).not.toHaveProperty(name)
    const optional = Object.fromEntries(Object.keys(manifest['peerDependencies'] ?? {}).map((name) => [name, { optional: true }]))
    expect(manifest['peerDependenciesMeta']).toEqual(optional)
  })
})
