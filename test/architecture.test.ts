import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

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

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SRC = join(ROOT, 'src')
const sources: Sources = Object.fromEntries(
  readdirSync(SRC, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [relative(SRC, file).split(sep).join('/'), readFileSync(file, 'utf8')]),
)

/** The floor of a file, or -1. */
const floorOf = (path: string): number => FLOORS.findIndex((floor) => floor.includes(path))

/** What a source imports, types and re-exports included. */
const importsOf = (source: string): readonly string[] => ts.preProcessFile(source, true, true).importedFiles.map(({ fileName }) => fileName)

/** The sources that a source imports. */
function neighbours(sources: Sources, path: string): readonly string[] {
  return importsOf(sources[path] ?? '')
    .filter((name) => name.startsWith('.'))
    .map((name) => posix.join(dirname(path), name))
}

/** Imports that the floors forbid: upward, of a file on the same floor, of a file that does not exist, from or to one without a floor. */
function wrongImports(sources: Sources): readonly string[] {
  const wrong = (from: string, to: string): boolean =>
    floorOf(from) < 0 || floorOf(to) < 0 || sources[to] === undefined || floorOf(to) >= floorOf(from)
  return Object.keys(sources).flatMap((from) =>
    neighbours(sources, from)
      .filter((to) => wrong(from, to))
      .map((to) => `${from} → ${to}`),
  )
}

/** The imports that lead in a ring, as the path that closes it. */
function cycles(sources: Sources): readonly string[] {
  const found: string[] = []
  const done = new Set<string>()
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
    if (trail.includes(path) || done.has(path)) return
    for (const next of neighbours(sources, path)) walk(next, [...trail, path])
    done.add(path)
  }
  for (const path of Object.keys(sources)) walk(path, [])
  return found
}

/** All that a source imports, and what that imports, and so on. */
function reachable(sources: Sources, path: string, seen: readonly string[] = []): readonly string[] {
  return neighbours(sources, path).reduce((all, next) => (all.includes(next) ? all : reachable(sources, next, [...all, next])), seen)
}

/** A source without its comments, in which a word may be meant as prose. */
function code(source: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, true, ts.LanguageVariant.Standard, source)
  const tokens: string[] = []
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) tokens.push(scanner.getTokenText())
  return tokens.join(' ')
}

const mentioning = (sources: Sources, pattern: RegExp): readonly string[] =>
  Object.keys(sources).filter((path) => pattern.test(code(sources[path] ?? '')))
const outside = (folder: string, paths: readonly string[]): readonly string[] => paths.filter((path) => !path.startsWith(folder))

describe('imports', () => {
  it('go down, to a lower floor', () => {
    expect(wrongImports(sources)).toEqual([])
  })

  it('go to files further down the list of docs/architecture.md', () => {
    const [, list = ''] = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8').split('```')
    const places = list.split('\n').flatMap((line) => {
      const folder = /^│|\bhmac\//.test(line) ? (line.startsWith('│') ? 'http/' : 'hmac/') : ''
      return [...line.matchAll(/[\w-]+\.ts\b/g)].map(([file]) => `${folder}${file}`)
    })
    expect([...places].sort()).toEqual(Object.keys(sources).sort())
    const up = Object.keys(sources).flatMap((from) =>
      neighbours(sources, from)
        .filter((to) => places.indexOf(to) < places.indexOf(from))
        .map((to) => `${from} → ${to}`),
    )
    expect(up).toEqual([])
  })

  it('form no cycle', () => {
    expect(cycles(sources)).toEqual([])
  })

  it('are of files of src/ only, except node:buffer and node:crypto in hmac/node.ts', () => {
    const foreign = Object.entries(sources).flatMap(([path, source]) =>
      importsOf(source)
        .filter((name) => !name.startsWith('.') && !(path === 'hmac/node.ts' && /^node:(?:buffer|crypto)$/.test(name)))
        .map((name) => `${path} → ${name}`),
    )
    expect(foreign).toEqual([])
    expect(mentioning(sources, /\b(require|createRequire|getBuiltinModule)\b/)).toEqual([])
  })

  it('lead from hs256 and hs256/http to Web Crypto only, and from hs256/sync to node:crypto only', () => {
    for (const door of ['index.ts', 'http.ts']) {
      expect(reachable(sources, door)).not.toContain('hmac/node.ts')
      expect(reachable(sources, door)).toContain('hmac/webcrypto.ts')
    }
    expect(reachable(sources, 'sync.ts')).not.toContain('hmac/webcrypto.ts')
    expect(reachable(sources, 'sync.ts')).toContain('hmac/node.ts')
  })

  it('are read by a checker that sees what is wrong', () => {
    const good = {
      'errors.ts': '',
      'time.ts': "import './errors.ts'",
      'json.ts': "import { a } from './errors.ts'",
      'jws.ts': "import type { c } from './json.ts'",
      'hmac/webcrypto.ts': "import { b } from '../json.ts'",
      'http/policy.ts': "import { d } from '../jws.ts'",
      'http/response.ts': "import { e } from './policy.ts'",
      'http.ts': "export * from './http/response.ts'",
    }
    expect([wrongImports(good), cycles(good)]).toEqual([[], []])

    for (const [path, source, wrong] of [
      ['json.ts', "import { x } from './jws.ts'", 'json.ts → jws.ts'],
      ['json.ts', "import type { X } from './jws.ts'", 'json.ts → jws.ts'],
      ['json.ts', "import { type X } from './jws.ts'", 'json.ts → jws.ts'],
      ['json.ts', "export type { X } from './jws.ts'", 'json.ts → jws.ts'],
      ['json.ts', "type X = import('./jws.ts').X", 'json.ts → jws.ts'],
      ['json.ts', "const x = await import('./jws.ts')", 'json.ts → jws.ts'],
      ['hmac/webcrypto.ts', "import '../http/policy.ts'", 'hmac/webcrypto.ts → http/policy.ts'],
      ['http/policy.ts', "import './response.ts'", 'http/policy.ts → http/response.ts'],
      ['options.ts', "import './time.ts'", 'options.ts → time.ts'],
      ['errors.ts', "import './http.ts'", 'errors.ts → http.ts'],
      ['attic/x.ts', "import '../errors.ts'", 'attic/x.ts → errors.ts'],
      ['http/response.ts', "import './attic.ts'", 'http/response.ts → http/attic.ts'],
      ['http.ts', "import './index.ts'", 'http.ts → index.ts'],
    ] as const)
      expect(wrongImports({ ...good, [path]: source })).toEqual([wrong])

    expect(reachable(good, 'http.ts')).toEqual(['http/response.ts', 'http/policy.ts', 'jws.ts', 'json.ts', 'errors.ts'])
    expect(reachable({ ...good, 'jws.ts': "import './hmac/webcrypto.ts'" }, 'http.ts')).toContain('hmac/webcrypto.ts')

    expect(cycles({ ...good, 'json.ts': "import type { D } from './jws.ts'" })).toEqual(['json.ts → jws.ts → json.ts'])
    expect(cycles({ ...good, 'errors.ts': "import './http.ts'" })).toHaveLength(1)
    expect(cycles({ 'errors.ts': "import './errors.ts'" })).toEqual(['errors.ts → errors.ts'])
  })
})

describe('crypto', () => {
  it('is used only in hmac/', () => {
    const used = mentioning(sources, /\bsubtle\b|\bcreateHmac\b|\btimingSafeEqual\b/i)
    expect(used).toContain('hmac/webcrypto.ts')
    expect(outside('hmac/', used)).toEqual([])
    expect(outside('hmac/', mentioning(sources, /\bglobalThis\b|\bcrypto\s*\./))).toEqual([])
  })

  it('is what compares MACs: no other code does', () => {
    const comparing =
      /\b(mac|macs|signature)\b\s*(===?|!==?)|(===?|!==?)\s*\b(mac|signature)\b|\b(mac|signature)\s*\.\s*(every|some|at|equals|compare)\b/i
    expect(mentioning(sources, comparing)).toEqual([])
    expect(
      mentioning({ a: 'if (mac === expected) x()', b: 'x(expected !== mac)', c: 'mac.every((byte, i) => byte === e[i])' }, comparing),
    ).toHaveLength(3)
  })

  it('is searched for in code, not in comments', () => {
    expect(mentioning({ a: '// subtle', b: '/** subtle */ x()', c: 'crypto.subtle.sign()' }, /\bsubtle\b/)).toEqual(['c'])
  })
})

describe('the sources', () => {
  it('have each exactly one floor, and no floor names a file that does not exist', () => {
    expect(FLOORS.flat().sort()).toEqual(Object.keys(sources).sort())
  })

  it('include no utils, no types and no barrel', () => {
    const names = Object.keys(sources).filter((path) => /(^|\/)(utils?|helpers?|types?|common|shared|misc)\.ts$|\/index\.ts$/.test(path))
    expect(names).toEqual([])
  })

  it('are named in kebab-case, and have at most 150 lines each', () => {
    expect(Object.keys(sources).filter((path) => !/^([a-z0-9]+(-[a-z0-9]+)*\/)?[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(path))).toEqual([])
    const lengths = Object.entries(sources).map(([path, source]) => `${path}: ${source.trimEnd().split('\n').length}`)
    expect(lengths.filter((line) => Number(line.split(': ')[1]) > 150)).toEqual([])
  })

  it('have entry points that only re-export', () => {
    for (const door of ['index.ts', 'sync.ts', 'http.ts']) {
      const file = ts.createSourceFile(door, sources[door] ?? '', ts.ScriptTarget.ES2022)
      expect(file.statements.filter((statement) => !ts.isExportDeclaration(statement))).toEqual([])
    }
  })

  it('have no default export, no enum and no any', () => {
    expect(mentioning(sources, /\bexport default\b|\benum\b|: any\b|\bas any\b|<\s*any\b/)).toEqual([])
  })
})

describe('package.json', () => {
  it('has no dependency', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Readonly<Record<string, object>>
    for (const name of ['dependencies', 'optionalDependencies', 'bundleDependencies']) expect(manifest).not.toHaveProperty(name)
    const optional = Object.fromEntries(Object.keys(manifest['peerDependencies'] ?? {}).map((name) => [name, { optional: true }]))
    expect(manifest['peerDependenciesMeta']).toEqual(optional)
  })
})
