/** The packed package in a bundle for browsers, by three bundlers: no polyfill, no warning, and nothing but Web Crypto and text codecs needed. */
import { createContext, Script } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { BUNDLERS } from './bundlers.ts'
import { project } from './project.ts'
import { entry } from './smoke.ts'

/** A realm with what every runtime has, and no global of Node. */
function runInRealm(code: string): Promise<unknown> {
  const realm = createContext({ TextEncoder, TextDecoder, crypto })
  return new Script(`${code};bundle.works()`).runInContext(realm) as Promise<unknown>
}

describe.each(Object.entries(BUNDLERS))('a bundle by %s', (_name, bundle) => {
  it('has no polyfill, comes without a warning, and works in a realm without globals of Node', async () => {
    const { code, complaints } = await bundle(project({ 'entry.js': entry }))
    expect(complaints).toEqual([])
    expect(code).not.toMatch(/\bBuffer\b|\bprocess\b|\brequire\b|node:crypto|\batob\b|\bbtoa\b|\beval\b|new Function/)
    expect(code.length).toBeLessThan(35_000) // as a polyfill of crypto or Buffer would make it
    expect(await runInRealm(code)).toBe('works')
  })

  it('complains about what browsers lack: the check sees it', async () => {
    const folder = project({ 'entry.js': "import { signSync } from 'hs256/sync'\nexport { signSync }\n" })
    const seen = await bundle(folder).then(
      ({ complaints }) => complaints.join('\n'),
      (error: unknown) => String(error),
    )
    expect(seen).toContain('node:crypto')
  })
})
