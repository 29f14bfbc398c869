/** Docs run: every code block of README.md, docs/ and the doc comments of src/ is type-checked and executed. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { typeErrors, writeModules as write } from './support/docs-modules.ts'
import { blocksOf, filesOf, PAGES, read, type Block } from './support/docs-pages.ts'

const CACHE = join(import.meta.dirname, '.cache', 'docs')

/** What the short examples in doc comments may take for granted; a block of README.md or docs/ takes nothing. */
const PRELUDE = `import { createKey, createSigner, createVerifier, decodeUnverified, generateSecret, secondsLeft, sign, verify } from 'hs256'
import { authenticate, challenge, clearTokenCookie, createGuard, forbidden, isCrossOrigin, readTokens, tokenCookie, tokenCookieParts, unauthorized } from 'hs256/http'
import { createSignerSync, createVerifierSync, signSync, verifySync } from 'hs256/sync'
const request = new Request('https://orders.example')
const key = createKey(generateSecret())
const token = await sign({ iss: 'https://auth.example', aud: 'orders' }, key, { expiresIn: '1h' })
const jwt = decodeUnverified(token)
const renew = () => {}
`

/** A recipe for a framework, which is not installed here: frameworks/ runs it. */
const isForFramework = ({ code }: Block): boolean =>
  / from '(?:@azure|@sveltejs|@trpc|graphql|h3|next|react-router|socket\.io)\b/.test(code)

const BLOCKS = [
  ...PAGES.flatMap((page) => blocksOf(page, read(page), 'ts js')).filter((block) => !isForFramework(block)),
  ...filesOf('src', '.ts').flatMap((file) => examplesOf(file, read(file))),
]

/** The `@example` of each doc comment in a file. */
function examplesOf(file: string, text: string): readonly Block[] {
  return [...text.matchAll(/^ \* @example\n((?: \* .*\n)+?)(?= \*\/| \* @)/gm)].map(([, lines = ''], index) => ({
    title: `${file}, example ${index + 1}`,
    code: `${PRELUDE}{\n${lines.replaceAll(/^ \* /gm, '')}}\n`,
  }))
}

const writeModules = (folder: string, blocks: readonly Block[]): readonly string[] => write(join(CACHE, folder), blocks, BLOCKS)

beforeAll(() => {
  vi.stubEnv('JWT_SECRET', '6120736563726574206f6620333220627974657320666f722074686520646f63') // as text, hex, base64 and base64url
  rmSync(CACHE, { recursive: true, force: true })
  mkdirSync(CACHE, { recursive: true })
  vi.stubEnv('JWT_SECRET_FILE', join(CACHE, 'secret'))
  writeFileSync(join(CACHE, 'secret'), `${process.env['JWT_SECRET']}\n`)
})
afterAll(() => vi.unstubAllEnvs())

describe('the code in the docs', () => {
  it('is found completely, in README.md and in doc comments', () => {
    expect(BLOCKS.filter(({ title }) => title.startsWith('README.md')).length).toBeGreaterThanOrEqual(2)
    const examples = filesOf('src', '.ts').flatMap((file) => read(file).match(/@example/g) ?? [])
    expect(BLOCKS.filter(({ title }) => title.startsWith('src'))).toHaveLength(examples.length)
    const fences = PAGES.flatMap((page) => [...read(page).matchAll(/^ *```(.+)$/gm)].map(([fence]) => fence))
    expect(fences.filter((fence) => !/^```(?:ts|ts continued|js|js systems|python|sh|json|http|text)$/.test(fence))).toEqual([])
  })

  it('compiles', () => {
    expect(typeErrors(writeModules('compiled', BLOCKS))).toEqual([])
  }, 60_000)

  it.each(BLOCKS)('runs: $title', { timeout: 60_000 }, async (block) => {
    const [path = ''] = writeModules(block.title.replaceAll(/\W+/g, '-'), [block])
    await import(path)
  })
})

describe('every sample with a guard', () => {
  const isGuarded = ({ title, code }: Block): boolean => !title.startsWith('src') && /createGuard[^]*await guard\w*\(/.test(code)
  const guarded = BLOCKS.filter(isGuarded)

  it('is found', () => {
    const some = ['README.md, block 2', 'docs/getting-started.md, block 4', 'docs/sessions.md, block 1', 'docs/scaling.md, block 1']
    expect(guarded.map(({ title }) => title)).toEqual(expect.arrayContaining(some))
    expect(guarded.length).toBeGreaterThanOrEqual(7)
  })

  it.each(guarded)('throws without await: $title', async ({ title, code: awaiting }) => {
    const forgotten = awaiting.replaceAll(/await (guard\w*\((?:[^()]|\([^()]*\))*\))/g, 'forget($1)')
    expect(forgotten).not.toMatch(/await guard/)
    const code = `${forgotten}\nfunction forget(promise) { promise.catch(() => {}); return promise }` // nobody handles its rejection
    const [path = ''] = writeModules(`${title.replaceAll(/\W+/g, '-')}-without-await`, [{ title, code }])
    await expect(import(path)).rejects.toThrow(TypeError)
  })
})

it('the check of the code in the docs finds a type error, a run-time error and a wrong value', async () => {
  const lines = ["const n: number = 'a'", 'null.x', '1 + 1 // → 3', 'console.log(1 + 1) // → 3', 'const two = 2 // → 2']
  const page = lines.map((line) => `\`\`\`ts\n${line}\n\`\`\`\n`).join('\n')
  const [mistyped = '', throwing = '', ...others] = writeModules('broken', blocksOf('a page', page, 'ts js'))
  const [wrong = '', wronglyShown = '', unproved = ''] = others
  for (const path of [mistyped, unproved]) expect(typeErrors([path])).not.toEqual([])
  await expect(import(throwing)).rejects.toThrow(TypeError)
  for (const path of [wrong, wronglyShown]) await expect(import(path)).rejects.toThrow('expected 2 to deeply equal 3')
}, 60_000)
