/** What the tarball holds, what its manifest says, and that it is the same each time. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, posix } from 'node:path'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { PROGRAMS, ROOT } from '../../tools/everywhere/runtimes.ts'
import { pack } from './pack.ts'
import { ADAPTERS, project } from './project.ts'
import { run } from './run.ts'

const { files, integrity } = inject('packed')
const read = (path: string): string => readFileSync(join(inject('modules'), 'hs256', path), 'utf8')
const filesOf = (pattern: RegExp): readonly (readonly [path: string, text: string])[] =>
  files.filter((path) => pattern.test(path)).map((path) => [path, read(path)])

const subpaths = ['http', 'sync', ...ADAPTERS.map((name) => `adapters/${name}`)]

/** What a bundler puts into the name of a file that others share. */
const HASH = /-[\w-]{8}\.(?=(?:d\.)?c?[jt]s)/

describe('the tarball', () => {
  it('has what users need, and nothing else', () => {
    const doors = ['index', ...subpaths].flatMap((door) =>
      ['cjs', 'cjs.map', 'd.cts', 'd.ts', 'js', 'js.map'].map((end) => `dist/${door}.${end}`),
    )
    const shared = files.filter((path) => HASH.test(path) && !doors.includes(path))
    for (const path of shared) expect(path.replace(HASH, '-HASH.')).toMatch(/^dist\/[a-z-]+-HASH\.(?:c?js|c?js\.map|d\.c?ts)$/)
    const others = ['LICENSE', 'README.md', 'package.json', ...subpaths.map((door) => `${door}/package.json`)]
    const unshared = files.filter((path) => !shared.includes(path) && path !== 'CHANGELOG.md')
    expect(unshared.sort()).toEqual([...doors, ...others].sort())
  })

  it('has no file that names the folder of its build, and a source map for each script, with the sources', () => {
    for (const [path, text] of filesOf(/^dist\//)) expect(text, path).not.toContain(process.cwd())
    for (const [path, text] of filesOf(/^dist\/.*js$/)) {
      const map = `${path}.map`
      expect(text).toContain(`\n//# sourceMappingURL=${posix.basename(map)}`)
      const { sources, sourcesContent } = JSON.parse(read(map)) as { readonly sources: string[]; readonly sourcesContent: string[] }
      for (const [index, source] of sources.entries()) {
        if (`dist/${source}.map` === map) continue // what CommonJS adds is of the file itself
        expect(posix.join(posix.dirname(map), source)).toMatch(/^(?:src|examples\/adapters)\/[a-z\d/-]+\.ts$/)
        expect(sourcesContent[index]).toBeTypeOf('string')
      }
    }
  })

  it('imports the library by its names in the adapters, and holds no copy of it there', () => {
    for (const [, text] of filesOf(/^dist\/adapters\/.*js$/)) {
      const imported = [...text.matchAll(/(?:from |require\(|import )['"]([^'"]+)['"]/g)].map(([, name = '']) => name)
      expect(imported.filter((name) => !/^(?:node:|hs256$|hs256\/http$|\.\.\/chunk-)/.test(name))).toEqual([])
      expect(text.length).toBeLessThan(5000)
    }
  })

  it('is the same, byte for byte, if it is built again elsewhere', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hs256-again-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    expect(pack(folder).integrity).toBe(integrity)
  })
})

it('the manifest says what the package is, and has no program and only peers of any version from some on', () => {
  const manifest = JSON.parse(read('package.json')) as Readonly<Record<string, unknown>>
  expect(manifest).toMatchObject({
    name: 'hs256',
    license: 'MIT',
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20' },
    homepage: 'https://github.com/hs256/hs256#readme',
    bugs: { url: 'https://github.com/hs256/hs256/issues' },
  })
  expect(manifest).not.toHaveProperty('bin')
  const peers = ['@nestjs/common', 'elysia', 'express', 'fastify', 'hono', 'koa', 'ws']
  expect(manifest['peerDependencies']).toEqual(Object.fromEntries(peers.map((name) => [name, expect.stringMatching(/^>=\d+$/)])))
})

it('the sources can be published by Deno to JSR: every public type can be told without inference', () => {
  const exports = { '.': './src/index.ts', './http': './src/http.ts', './sync': './src/sync.ts' }
  const folder = project({ 'deno.json': JSON.stringify({ name: '@hs256/hs256', version: '1.0.0', license: 'MIT', exports }) })
  cpSync(join(ROOT, 'src'), join(folder, 'src'), { recursive: true })
  const [deno = ''] = PROGRAMS['Deno'] ?? []
  const printed = run([deno, 'publish', '--dry-run', '--allow-dirty', '--no-check'], folder)
  expect(printed).toContain('Checking for slow types')
  expect(printed).toContain('Dry run complete')
  expect(printed).not.toMatch(/^(?:warning|error)\b/m)
})
