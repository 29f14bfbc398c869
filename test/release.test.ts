/** What `npm run release:check` lets through, and what it stops. */
import { describe, expect, it } from 'vitest'
import { packageProblems, releaseProblems } from '../tools/release/checks.ts'

const PACKED = ['index', 'sync', 'http'].flatMap((door) =>
  ['js', 'cjs', 'd.ts', 'd.cts', 'js.map'].map((ending) => `dist/${door}.${ending}`),
)
const PACKAGE = {
  version: '1.2.0',
  locked: '1.2.0',
  packed: [
    ...PACKED,
    'dist/chunk-ABC.cjs',
    'package.json',
    'http/package.json',
    'sync/package.json',
    'README.md',
    'LICENSE',
    'CHANGELOG.md',
  ],
}

describe('a package', () => {
  it('is fine with the three entry points, and what npm shows', () => {
    expect(packageProblems(PACKAGE)).toEqual([])
  })

  it.each(['src/index.ts', '.env', 'test/keys.test.ts', 'dist/a/b.js', 'dist/index.ts'])('is not fine with %s', (path) => {
    expect(packageProblems({ ...PACKAGE, packed: [...PACKAGE.packed, path] })).toEqual([expect.stringContaining(path)])
  })

  it.each(PACKAGE.packed.filter((path) => !/map|chunk/.test(path)))('is not fine without %s', (path) => {
    expect(packageProblems({ ...PACKAGE, packed: PACKAGE.packed.filter((other) => other !== path) })).toEqual([`the tarball lacks ${path}`])
  })

  it('is not fine if the lock file has another version', () => {
    expect(packageProblems({ ...PACKAGE, locked: '1.1.0' })).toEqual([expect.stringContaining('1.1.0')])
  })
})

describe('a release', () => {
  const release = {
    version: '1.2.0',
    changelog: '# hs256\n\n## 1.2.0\n\n### Minor Changes\n\n- `a` does b.\n\n## 1.1.0\n\n- c\n',
    changesets: [],
    status: '',
    tags: ['v1.1.0'],
  }

  it('is ready with its changelog, a clean tree and no tag', () => {
    expect(releaseProblems(release)).toEqual([])
  })

  it.each([
    ['a version below 1', { version: '0.9.0', changelog: '\n## 0.9.0\n\n- a\n' }, 'no version to release'],
    ['a version that is not plain', { version: '1.2.0-beta.1', changelog: '\n## 1.2.0-beta.1\n\n- a\n' }, 'no version to release'],
    ['no word in the changelog', { changelog: '# hs256\n\n## 1.1.0\n\n- c\n' }, 'says nothing about 1.2.0'],
    ['an empty entry in the changelog', { changelog: '# hs256\n\n## 1.2.0\n\n## 1.1.0\n\n- c\n' }, 'says nothing about 1.2.0'],
    ['a changeset that waits', { changesets: ['.changeset/a.md'] }, '.changeset/a.md is in no version yet'],
    ['a file that no commit has', { status: ' M src/time.ts\n' }, 'src/time.ts'],
    ['its tag', { tags: ['v1.1.0', 'v1.2.0'] }, 'v1.2.0 is there already'],
  ])('is not fine with %s', (_what, found, sentence) => {
    expect(releaseProblems({ ...release, ...found })).toEqual([expect.stringContaining(sentence)])
  })
})
