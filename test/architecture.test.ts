import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

/** The house (docs, DESIGN.md): a room may import what lies on a lower floor, and its own folder on its own floor. */
const FLOORS: Readonly<Record<string, number>> = {
  'errors.ts': 0,
  'time.ts': 0,
  'options.ts': 0,
  encoding: 1,
  keys: 2,
  hmac: 3,
  jws: 3,
  jwt: 4,
  http: 5,
  'index.ts': 6,
  'sync.ts': 6,
  'http.ts': 6,
}

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

const room = (path: string): string => path.split('/')[0] as string

/** What a source imports, types and re-exports included. */
const importsOf = (source: string): readonly string[] => ts.preProcessFile(source, true, true).importedFiles.map(({ fileName }) => fileName)

/** The sources that a source imports. */
function neighbours(sources: Sources, path: string): readonly string[] {
  return importsOf(sources[path] ?? '')
    .filter((name) => name.startsWith('.'))
    .map((name) => posix.join(dirname(path), name))
}

/** Imports that the floors forbid: upward, sideways to another folder, or to nothing that stands in the house. */
function wrongImports(sources: Sources): readonly string[] {
  const wrong = (from: string, to: string): boolean => {
    const [floor, other] = [FLOORS[room(from)], FLOORS[room(to)]]
    if (floor === undefined || other === undefined || sources[to] === undefined) return true
    return other > floor || (other === floor && dirname(from) !== dirname(to))
  }
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
const outside = (room: string, paths: readonly string[]): readonly string[] => paths.filter((path) => !path.startsWith(room))

describe('imports', () => {
  it('go down a floor, or stay in the room', () => {
    expect(wrongImports(sources)).toEqual([])
  })

  it('lead in no ring', () => {
    expect(cycles(sources)).toEqual([])
  })

  it('are of nothing from outside, but node:crypto in hmac/node.ts', () => {
    const foreign = Object.entries(sources).flatMap(([path, source]) =>
      importsOf(source)
        .filter((name) => !name.startsWith('.') && !(path === 'hmac/node.ts' && name === 'node:crypto'))
        .map((name) => `${path} → ${name}`),
    )
    expect(foreign).toEqual([])
    expect(mentioning(sources, /\b(require|createRequire|getBuiltinModule)\b/)).toEqual([])
  })

  it('lead from hs256 to no engine but Web Crypto, and from hs256/sync to none but node:crypto', () => {
    expect(reachable(sources, 'index.ts')).not.toContain('hmac/node.ts')
    expect(reachable(sources, 'index.ts')).toContain('hmac/webcrypto.ts')
    expect(reachable(sources, 'sync.ts')).not.toContain('hmac/webcrypto.ts')
    expect(reachable(sources, 'sync.ts')).toContain('hmac/node.ts')
  })

  it('are read by a checker that sees what is wrong', () => {
    const house = {
      'errors.ts': '',
      'encoding/json.ts': "import { a } from '../errors.ts'",
      'hmac/webcrypto.ts': "import { b } from '../encoding/json.ts'",
      'jws/header.ts': "import type { c } from '../encoding/json.ts'",
      'jws/compact.ts': "import { d } from './header.ts'",
      'index.ts': "export * from './jws/compact.ts'",
      'time.ts': "import './errors.ts'",
    }
    expect([wrongImports(house), cycles(house)]).toEqual([[], []])

    const upward = "import { x } from '../jws/header.ts'"
    expect(wrongImports({ ...house, 'encoding/json.ts': upward })).toEqual(['encoding/json.ts → jws/header.ts'])
    expect(wrongImports({ ...house, 'encoding/json.ts': "import type { X } from '../jws/header.ts'" })).toHaveLength(1)
    expect(wrongImports({ ...house, 'encoding/json.ts': "import { type X } from '../jws/header.ts'" })).toHaveLength(1)
    expect(wrongImports({ ...house, 'encoding/json.ts': "export type { X } from '../jws/header.ts'" })).toHaveLength(1)
    expect(wrongImports({ ...house, 'encoding/json.ts': "type X = import('../jws/header.ts').X" })).toHaveLength(1)
    expect(wrongImports({ ...house, 'encoding/json.ts': "const x = await import('../jws/header.ts')" })).toHaveLength(1)
    expect(wrongImports({ ...house, 'hmac/webcrypto.ts': upward })).toEqual(['hmac/webcrypto.ts → jws/header.ts'])
    expect(wrongImports({ ...house, 'errors.ts': "import './encoding/json.ts'" })).toHaveLength(1)
    expect(wrongImports({ ...house, 'errors.ts': "import './index.ts'" })).toHaveLength(1)
    expect(wrongImports({ ...house, 'attic/x.ts': "import '../errors.ts'" })).toHaveLength(1)
    expect(wrongImports({ ...house, 'index.ts': "import './gone.ts'" })).toHaveLength(1)

    expect(reachable(house, 'index.ts')).toEqual(['jws/compact.ts', 'jws/header.ts', 'encoding/json.ts', 'errors.ts'])
    expect(reachable({ ...house, 'jws/header.ts': "import '../hmac/webcrypto.ts'" }, 'index.ts')).toContain('hmac/webcrypto.ts')

    expect(cycles({ ...house, 'jws/header.ts': "import type { D } from './compact.ts'" })).toEqual([
      'jws/header.ts → jws/compact.ts → jws/header.ts',
    ])
    expect(cycles({ ...house, 'errors.ts': "import './index.ts'" })).toHaveLength(1)
    expect(cycles({ 'errors.ts': "import './errors.ts'" })).toEqual(['errors.ts → errors.ts'])
  })
})

describe('crypto', () => {
  it('is in hmac/ alone', () => {
    const used = mentioning(sources, /\bsubtle\b|\bcreateHmac\b|\btimingSafeEqual\b/i)
    expect(used).toContain('hmac/webcrypto.ts')
    expect(outside('hmac/', used)).toEqual([])
    expect(outside('hmac/', mentioning(sources, /\bglobalThis\b|\bcrypto\s*\./))).toEqual([])
  })

  it('compares MACs nowhere else', () => {
    const comparing =
      /\b(mac|macs|signature)\b\s*(===?|!==?)|(===?|!==?)\s*\b(mac|signature)\b|\b(mac|signature)\s*\.\s*(every|some|at|equals|compare)\b/i
    expect(mentioning(sources, comparing)).toEqual([])
    expect(
      mentioning({ a: 'if (mac === expected) x()', b: 'x(expected !== mac)', c: 'mac.every((byte, i) => byte === e[i])' }, comparing),
    ).toHaveLength(3)
  })

  it('is seen in code, not in comments', () => {
    expect(mentioning({ a: '// subtle', b: '/** subtle */ x()', c: 'crypto.subtle.sign()' }, /\bsubtle\b/)).toEqual(['c'])
  })
})

describe('the house', () => {
  it('has no room without a floor', () => {
    expect(Object.keys(sources).filter((path) => FLOORS[room(path)] === undefined)).toEqual([])
  })

  it('has no utils, no types, no barrel inside', () => {
    const names = Object.keys(sources).filter((path) => /(^|\/)(utils?|helpers?|types?|common|shared|misc)\.ts$|\/index\.ts$/.test(path))
    expect(names).toEqual([])
  })

  it('has files in kebab-case of at most 150 lines', () => {
    expect(Object.keys(sources).filter((path) => !/^([a-z0-9]+(-[a-z0-9]+)*\/)?[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(path))).toEqual([])
    expect(Object.entries(sources).filter(([, source]) => source.trimEnd().split('\n').length > 150)).toEqual([])
  })

  it('has doors that are re-exports only', () => {
    for (const door of ['index.ts', 'sync.ts', 'http.ts']) {
      const file = ts.createSourceFile(door, sources[door] ?? '', ts.ScriptTarget.ES2022)
      expect(file.statements.filter((statement) => !ts.isExportDeclaration(statement))).toEqual([])
    }
  })

  it('has no default export, no enum and no any', () => {
    expect(mentioning(sources, /\bexport default\b|\benum\b|: any\b|\bas any\b|<\s*any\b/)).toEqual([])
  })

  it('has no dependency', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Readonly<Record<string, unknown>>
    for (const name of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundleDependencies'])
      expect(manifest).not.toHaveProperty(name)
  })
})
