/** The lists of what runs everywhere, held against what the test files import and use. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { ISOMORPHIC, SYNCHRONOUS } from '../tools/everywhere/suites.ts'

/** What a test may import and still run in every runtime. */
const EVERYWHERE = /^(?:hs256|hs256\/http|vitest|fast-check|zod|valibot|arktype|@noble\/hashes\/\w+\.js|\.{1,2}\/(?!src\/hmac\/node).*)$/

/** Globals that are Node's alone. */
const NODE = /\b(?:Buffer|process|require|__dirname|setImmediate)\b/

const read = (file: string): string => readFileSync(join(import.meta.dirname, file), 'utf8')

/** A file and the files of test/ that it imports, and so on. */
function withImports(file: string, seen: readonly string[] = []): readonly string[] {
  if (seen.includes(file)) return seen
  const imported = importsOf(read(file)).filter((name) => name.startsWith('.'))
  const beside = imported.map((name) => posix.join(posix.dirname(file), name)).filter((name) => !name.startsWith('..'))
  return beside.reduce<readonly string[]>((all, name) => withImports(name, all), [...seen, file])
}

const importsOf = (text: string): readonly string[] => ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName)

/** What a text has of Node: imports, and globals outside of comments and texts. */
function nodeIn(text: string): readonly string[] {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, true, ts.LanguageVariant.Standard, text)
  const words: string[] = []
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan())
    if (kind === ts.SyntaxKind.Identifier && NODE.test(scanner.getTokenText())) words.push(scanner.getTokenText())
  return [...importsOf(text).filter((name) => !EVERYWHERE.test(name)), ...words]
}

/** What goes without, where there is none: runs.ts asks whether there is an environment, the corpus whether there is a door. */
const OPTIONAL: Readonly<Record<string, string>> = {
  'support/runs.ts': 'process',
  'properties/runs.ts': 'process',
  'corpus/doors.ts': 'hs256/sync',
}

/** Whether a suite tests the library, and needs nothing of Node. */
function isIsomorphic(suite: string): boolean {
  const files = withImports(`${suite}.test.ts`)
  const isOfLibrary = files.some((file) => importsOf(read(file)).some((name) => /^hs256\b|\/src\//.test(name)))
  return isOfLibrary && files.every((file) => nodeIn(read(file)).every((word) => word === OPTIONAL[file]))
}

const suites = ['', 'properties/'].flatMap((folder) =>
  readdirSync(join(import.meta.dirname, folder)).flatMap((file) => /^(.+)\.test\.ts$/.exec(`${folder}${file}`)?.[1] ?? []),
)

describe('the suites that run everywhere', () => {
  it('are those that test the library and need nothing of Node, and all of them: tools/everywhere/suites.ts lists them', () => {
    expect(suites.filter(isIsomorphic).sort()).toEqual([...ISOMORPHIC].sort())
  })

  it.each([...ISOMORPHIC, ...SYNCHRONOUS])('skip nothing: %s', (suite) => {
    expect(read(`${suite}.test.ts`)).not.toMatch(/\.(?:skip|skipIf|runIf|todo|only)\b/)
  })
})
