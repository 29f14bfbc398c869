/** SECURITY.md says what is so: what it names is there, and the BCP for JWTs is answered item by item. */
import { describe, expect, it } from 'vitest'
import { read } from './support/docs-pages.ts'

const page = read('SECURITY.md')

/** Whether a file of tests has a test, or a group of them, of this name. */
const hasTest = (text: string, name: string): boolean =>
  new RegExp(`\\b(?:describe|it)(?:\\.each)?\\([^\\n]*['"]${name.replaceAll(/[.*+?^$()|[\]\\{}]/g, String.raw`\$&`)}['"]`).test(text)

describe('SECURITY.md', () => {
  it('answers the BCP for JWTs, §3.1 to §3.15, each with its level and a test', () => {
    const rows = [...page.matchAll(/^\| (3\.\d+) .*\|(.*)\|$/gm)]
    expect(rows.map(([, section]) => section)).toEqual(Array.from({ length: 15 }, (_, index) => `3.${index + 1}`))
    expect(rows.filter(([row]) => !/^\| 3\.\d+ +\| (?:MUST|SHOULD|RECOMMENDED)/.test(row))).toEqual([])
    expect(rows.filter(([, , tests = '']) => !/\]\(test\/[\w-]+\.test\.ts\)/.test(tests))).toEqual([])
  })

  it('names tests by their names', () => {
    const links = [...page.matchAll(/\[([^\]]+)\]\((test\/[^)]+\.test\.ts)\)/g)]
    const named = links.filter(([, text = '']) => !text.startsWith('a test reads'))
    expect(named.length).toBeGreaterThanOrEqual(16)
    expect(named.filter(([, text = '', path = '']) => !hasTest(read(path), text))).toEqual([])
    expect(hasTest("describe('another algorithm', () => {", 'another')).toBe(false)
    expect(hasTest("// 'another algorithm'", 'another algorithm')).toBe(false)
  })

  it('says about the package what package.json says', () => {
    const manifest = JSON.parse(read('package.json')) as Readonly<Record<string, unknown>>
    expect(manifest['publishConfig']).toEqual({ access: 'public', provenance: true })
    expect(manifest['repository']).toEqual({ type: 'git', url: 'git+https://github.com/hs256/hs256.git' })
    expect(manifest['files']).toEqual(['dist', 'adapters', 'http', 'sync', 'CHANGELOG.md'])
    const scripts = Object.keys(manifest['scripts'] as object)
    expect(scripts.filter((name) => /^(?:pre|post)?(?:install|prepare|prepublish|publish|pack)$/.test(name))).toEqual([])
    const { devDependencies } = manifest as { readonly devDependencies: Readonly<Record<string, string>> }
    expect(Object.values(devDependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  })
})
