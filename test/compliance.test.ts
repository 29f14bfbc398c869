/** The page on RFC compliance names tests that exist, for every row and every section of RFC 7519 and of the BCP; those that stand nowhere else are here. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createKey, createVerifier, decodeUnverified, JwtMalformedError, sign, verify } from 'hs256'
import { verifySync } from 'hs256/sync'
import { describe, expect, it } from 'vitest'
import { read, ROOT } from './support/docs-pages.ts'
import { forge, SECRET } from './support/forge.ts'
import { failure } from './support/outcome.ts'

const PAGE = read('docs/internals/compliance.md')
const key = createKey(SECRET)

/** What RFC 7519 asks of an implementation, by its table of contents. */
const SECTIONS = '2 3.1 4 4.1.1 4.1.2 4.1.3 4.1.4 4.1.5 4.1.6 4.1.7 4.2 4.3 5.1 5.2 5.3 6 7.1 7.2 7.3 8 11.1 12'.split(' ')

/** The tests that a text names, by file and title. */
const namedIn = (text: string): readonly (readonly [file: string, title: string])[] =>
  [...text.matchAll(/\[`([^`]+)`\]\(\.\.\/\.\.\/(test\/[\w-]+\.test\.ts)\)/g)].map(([, title = '', file = '']) => [file, title] as const)

/** Whether a file has a test of this title, a row of a table of tests, or a group of them. */
function hasTest(source: string, title: string): boolean {
  const quoted = title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`[([]\\s*(['"\`])${quoted}\\1\\s*,`).test(source)
}

const rowsOf = (page: string): readonly string[] => page.split('\n').filter((line) => /^\|(?! section| the RFC says| -)/.test(line))

describe('the page on RFC compliance', () => {
  const named = namedIn(PAGE)

  it('names tests', () => {
    expect(named.length).toBeGreaterThan(50)
    expect(rowsOf(PAGE).length).toBeGreaterThan(50)
    expect(rowsOf(PAGE).filter((row) => namedIn(row).length === 0)).toEqual([])
  })

  it.each(named)('names one that exists: %s, %s', (file, title) => {
    expect(existsSync(join(ROOT, file)) && hasTest(read(file), title)).toBe(true)
  })

  it('has a row for each section of RFC 7519 that asks for something', () => {
    const listed = rowsOf(PAGE.split('## RFC 7519\n')[1]!).flatMap((row) =>
      row
        .split('|')[1]!
        .replaceAll(/\([^)]*\)/g, '')
        .split(/[ ,]+/),
    )
    expect(SECTIONS.filter((section) => !listed.includes(section))).toEqual([])
  })

  it('has a row for each section of the BCP, and each with the level of what is asked', () => {
    const cellsOf = (heading: string): readonly (readonly string[])[] => {
      const part = PAGE.split(/^## /m).find((one) => one.startsWith(`${heading}\n`))
      return rowsOf(part ?? '').map((row) => row.split('|').map((cell) => cell.trim()))
    }
    const [bcp = [], ...others] = ['The JWT best current practices', 'Cookies', 'Deprecated algorithms'].map(cellsOf)
    expect([...new Set(bcp.map(([, section]) => section))]).toEqual(Array.from({ length: 15 }, (_, index) => `§3.${index + 1}`))
    const levels = [bcp, ...others].flat().map(([, , level = '']) => level)
    expect(levels.length).toBeGreaterThan(40)
    expect(levels.filter((level) => !/^(?:(?:MUST|SHOULD)(?: NOT)?|RECOMMENDED|–)$/.test(level))).toEqual([])
  })

  it('is read by a check that finds a test in each of its forms, and no other string', () => {
    const source = "it('is one', a)\nit.each(rows)(\n  \"is %s, isn't it\",\n a)\n[['a row', 1]]\nconst text = 'is none'\n// it('is gone')"
    const titles = ['is one', "is %s, isn't it", 'a row', 'is none', 'is gone', 'is on']
    expect(titles.filter((title) => hasTest(source, title))).toEqual(titles.slice(0, 3))
  })
})

describe('verify', () => {
  it('accepts an iss with a colon that is not a URI', async () => {
    const token = await sign({ iss: '1:not a URI' }, key, { expiresIn: '1h' })
    expect((await verify(token, key, { issuer: '1:not a URI' })).claims.iss).toBe('1:not a URI')
  })

  it('accepts an unknown claim', async () => {
    const token = await sign({ 'https://example.com/is_root': true }, key, { expiresIn: '1h' })
    expect((await verify(token, key)).claims['https://example.com/is_root']).toBe(true)
  })

  it('rejects any character outside the alphabet, at any place', { tags: 'large' }, async () => {
    const token = forge('{"exp":4000000000}')
    await expect(verify(token, key)).resolves.toBeDefined()
    const codes = Array.from({ length: 0x180 }, (_, code) => String.fromCharCode(code)).filter((character) => !/[\w.-]/.test(character))
    const others = [...codes, '\u2024', '\uFF0E', '\u212A', '\uFEFF', '\u2028', '\uD800', '😀']
    expect(others.length).toBeGreaterThan(320)
    for (const other of others) {
      await expect(verify(token + other, key)).rejects.toThrow(JwtMalformedError)
      for (let at = 0; at <= token.length; at++)
        for (const rest of [at, at + 1]) {
          const spoiled = token.slice(0, at) + other + token.slice(rest)
          const errors = [failure(() => verifySync(spoiled, key)), failure(() => decodeUnverified(spoiled))]
          if (!errors.every((error) => error instanceof JwtMalformedError)) expect.fail(`accepted: ${JSON.stringify(spoiled)}`)
        }
    }
  })

  it('says which issuer a key belongs to, if each has its own verifier', async () => {
    const [ours, theirs] = [createKey(SECRET, { kid: 'ours' }), createKey(`${SECRET}, theirs`, { kid: 'theirs' })]
    const byUs = createVerifier(ours, { issuer: 'https://auth.example' })
    const byThem = createVerifier(theirs, { issuer: 'https://partner.example' })
    const claimed = await sign({ iss: 'https://auth.example', sub: 'u1' }, theirs, { expiresIn: '1h' })
    await expect(byUs(claimed)).rejects.toMatchObject({ code: 'ERR_JWT_KEY_NOT_FOUND' })
    await expect(byThem(claimed)).rejects.toMatchObject({ code: 'ERR_JWT_CLAIM', claim: 'iss', reason: 'mismatch' })
  })
})

describe('sign', () => {
  it('writes a cty, unless it is that of a token', async () => {
    const token = await sign({}, key, { expiresIn: '1h', header: { cty: 'twilio-fpa;v=1' } })
    expect((await verify(token, key)).header['cty']).toBe('twilio-fpa;v=1')
    for (const cty of ['JWT', 'jwt', 'application/jwt'])
      await expect(sign({}, key, { expiresIn: '1h', header: { cty } })).rejects.toThrow(TypeError)
  })
})
