/** What the tarball holds, what its manifest says, and that it is the same each time. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, posix } from 'node:path'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { pack } from './pack.ts'
import { ADAPTERS } from './project.ts'

const { files, integrity } = inject('packed')
const installed = join(inject('modules'), 'hs256')
const read = (path: string): string => readFileSync(join(installed, path), 'utf8')

const subpaths = ['http', 'sync', ...ADAPTERS.map((name) => `adapters/${name}`)]

/** The name of a file without the hash that a bundler puts into it. */
const plain = (path: string): string => path.replace(/-[\w-]{8}\.(?=(?:d\.)?c?[jt]s)/, '-HASH.')

describe('the tarball', () => {
  it('has what users need, and nothing else', () => {
    const doors = ['index', ...subpaths].flatMap((door) =>
      ['cjs', 'cjs.map', 'd.cts', 'd.ts', 'js', 'js.map'].map((end) => `dist/${door}.${end}`),
    )
    const shared = [...new Set(files.map(plain))].filter((path) => path.includes('-HASH.'))
    const others = files.filter((path) => !doors.includes(path) && !shared.includes(plain(path)))
    expect(doors.filter((path) => !files.includes(path))).toEqual([])
    const folders = subpaths.map((door) => `${door}/package.json`)
    expect(others.filter((path) => path !== 'CHANGELOG.md').sort()).toEqual(['LICENSE', 'README.md', 'package.json', ...folders].sort())
    for (const path of shared) expect(path).toMatch(/^dist\/[a-z-]+-HASH\.(?:c?js|c?js\.map|d\.c?ts)$/)
  })

  it('has no file that refers to a missing one, and none for development', () => {
    for (const path of files.filter((file) => file.startsWith('dist/'))) {
      const text = read(path)
      expect(text, path).not.toContain(process.cwd())
      if (path.endsWith('.map')) continue
      for (const [, relative = ''] of text.matchAll(
        /(?:from|require\(|import\(|import) ?['"](\.\.?\/[^'"]+)['"]|sourceMappingURL=(\S+)/g,
      )) {
        if (relative === '') continue
        const target = posix.join(posix.dirname(path), relative)
        const names = [target, target.replace(/\.js$/, '.d.ts'), target.replace(/\.cjs$/, '.d.cts')]
        expect(
          names.some((name) => files.includes(name)),
          `${path} → ${target}`,
        ).toBe(true)
      }
    }
  })

  it('has the sources in its source maps', () => {
    for (const path of files.filter((file) => file.endsWith('.map'))) {
      const { sources, sourcesContent } = JSON.parse(read(path)) as { readonly sources: string[]; readonly sourcesContent: string[] }
      for (const [index, source] of sources.entries()) {
        if (`dist/${source}.map` === path) continue // what CommonJS adds is of the file itself
        expect(posix.join(posix.dirname(path), source)).toMatch(/^(?:src|examples\/adapters)\/[a-z\d/-]+\.ts$/)
        expect(sourcesContent[index]).toBeTypeOf('string')
      }
    }
  })

  it('imports the library by its names in the adapters, and holds no copy of it there', () => {
    for (const path of files.filter((file) => /^dist\/adapters\/.*\.c?js$/.test(file))) {
      const text = read(path)
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

describe('the manifest', () => {
  const manifest = JSON.parse(read('package.json')) as Readonly<Record<string, unknown>>

  it('says what it is and where it is from', () => {
    expect(manifest).toMatchObject({
      name: 'hs256',
      license: 'MIT',
      type: 'module',
      sideEffects: false,
      engines: { node: '>=20' },
      homepage: 'https://github.com/hs256/hs256#readme',
      bugs: { url: 'https://github.com/hs256/hs256/issues' },
    })
    expect(manifest['keywords']).toEqual(expect.arrayContaining(['jwt', 'hs256', 'web crypto']))
    expect(manifest['description']).toBeTypeOf('string')
  })

  it('has no dependency', () => {
    for (const name of ['dependencies', 'optionalDependencies', 'bundleDependencies', 'bin']) expect(manifest).not.toHaveProperty(name)
  })

  it('has only optional peers, of any version from some on', () => {
    const { peerDependencies, peerDependenciesMeta } = manifest as Readonly<Record<string, Readonly<Record<string, unknown>>>>
    expect(Object.keys(peerDependencies ?? {})).toEqual(['@nestjs/common', 'elysia', 'express', 'fastify', 'hono', 'koa', 'ws'])
    for (const [name, range] of Object.entries(peerDependencies ?? {})) {
      expect(range).toMatch(/^>=\d+$/)
      expect(peerDependenciesMeta?.[name]).toEqual({ optional: true })
    }
  })
})
