/** Keys from a mounted file: replaced as a whole, or not at all. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createVerifier, decodeUnverified, sign } from 'hs256'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openKeyFile, type KeyFile } from '../examples/keys-from-file/keys-from-file.ts'
import { newKey, readKeys, rotateFile, writeKeys } from '../examples/keys-from-file/rotate.ts'

const K = 'c2VjcmV0IG9mIHRoZSB0ZXN0cywgMzIgYnl0ZXMgb3IgbW9yZQ'
const jwk = (kid: string) => ({ kty: 'oct', kid, k: `${K}aa${kid}` }) as const
const json = (keys: readonly unknown[]): string => JSON.stringify({ keys })
const text = (...kids: readonly string[]): string => json(kids.map(jwk))

let folder: string
let path: string
let reports: string[]
let file: KeyFile
const kids = ({ keys } = file): string => String(keys().map(({ kid }) => kid))
const put = (content: string): void => {
  writeFileSync(`${path}.new`, content)
  renameSync(`${path}.new`, path)
}
const open = (): void => void (file = openKeyFile(path, { interval: 5, report: (message) => reports.push(message) }))
const reported = (count: number): Promise<void> => vi.waitFor(() => expect(reports).toHaveLength(count), { timeout: 10_000 })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'))
  path = join(folder, 'keys.json')
  reports = []
  put(text('aaaa'))
})
afterEach(() => {
  file?.close()
  rmSync(folder, { recursive: true })
})

describe('openKeyFile', () => {
  it('reads the keys, and replaces all of them when the file changes', async () => {
    open()
    expect(kids()).toBe('aaaa')
    put(text('bbbb', 'aaaa'))
    await reported(1)
    expect(kids()).toBe('bbbb,aaaa')
    expect(reports).toEqual(['the key file has changed; keys in use: bbbb, aaaa'])
    expect(decodeUnverified(await sign({}, file.keys(), { expiresIn: '1h' })).header.kid).toBe('bbbb') // the first key signs
  })

  it('follows the symbolic links of a Kubernetes volume', async () => {
    const mount = join(folder, 'mount')
    const release = (name: string, ...names: readonly string[]): void => {
      mkdirSync(join(mount, name), { recursive: true })
      writeFileSync(join(mount, name, 'keys.json'), text(...names))
      symlinkSync(name, join(mount, '..data_tmp'))
      renameSync(join(mount, '..data_tmp'), join(mount, '..data'))
    }
    release('..2026_11_01', 'aaaa')
    path = join(mount, 'keys.json')
    symlinkSync(join('..data', 'keys.json'), path)
    open()
    release('..2026_11_02', 'aaaa', 'bbbb')
    rmSync(join(mount, '..2026_11_01'), { recursive: true })
    await vi.waitFor(() => expect(kids()).toBe('aaaa,bbbb'), { timeout: 10_000 })
  })

  it.each<[string, string | undefined, string]>([
    ['is half-written', text('bbbb').slice(0, -9), 'it is not JSON'],
    ['is empty', '', 'it is not JSON'],
    ['is gone', undefined, 'it cannot be read'],
    ['is not a JWK Set', JSON.stringify(jwk('bbbb')), 'it is not a JWK Set'],
    ['is null', 'null', 'it is not a JWK Set'],
    ['has no keys', '{"keys":[]}', 'a list of 1 to 16 keys'],
    ['has a key without a kid', json([{ kty: 'oct', k: K }]), 'a key has no kid'],
    ['has two keys with the same kid', text('bbbb', 'bbbb'), 'two keys have the same kid'],
    ['has a short secret after a good one', json([jwk('bbbb'), { ...jwk('cccc'), k: 'c2hvcnQ' }]), 'secret has 5 bytes'],
    ['has a key of another type', json([jwk('bbbb'), { kty: 'RSA', kid: 'cccc' }]), 'kty'],
  ])('keeps the old keys if the file %s, and says so once, without its contents', async (_name, broken, reason) => {
    open()
    if (broken === undefined) rmSync(path)
    else put(broken)
    await reported(1)
    expect(kids()).toBe('aaaa')
    expect(reports[0]).toMatch(/^the key file is not used: .*; keys still in use: aaaa$/)
    expect(reports[0]).toContain(reason)
    expect(reports[0]).not.toMatch(/[bc]{4}|c2Vj/)
    put(text('dddd'))
    await reported(2) // the broken file was reported once
    expect(kids()).toBe('dddd')
  })

  it('throws at the start if the file is unusable', () => {
    put(text('aaaa').slice(0, -1))
    expect(open).toThrow('it is not JSON')
    rmSync(path)
    expect(open).toThrow('ENOENT')
  })
})

describe('rotateFile', () => {
  it('makes three edits, after each of which the tokens of all services are accepted by all', async () => {
    open()
    const other = openKeyFile(path, { interval: 5, report: () => {} }) // another service, which may read an edit later
    const tokens: string[] = []
    const sets: string[] = []
    await rotateFile(path, newKey('bbbb'), {
      everywhere: async () => {
        await reported(sets.length + 1)
        sets.push(kids())
        tokens.push(await sign({}, file.keys(), { expiresIn: '1h' }))
        // This service uses the edit; the other one may still use the one before. Once both do, tokens of either are accepted by both.
        await vi.waitFor(() => expect(kids(other)).toBe(kids()), { timeout: 10_000 })
        if (sets.length < 3) for (const { keys } of [file, other]) for (const token of tokens) await createVerifier(keys())(token)
      },
      untilLastExpires: async () => expect(sets).toEqual(['aaaa,bbbb', 'bbbb,aaaa']),
    })
    other.close()
    expect(sets).toEqual(['aaaa,bbbb', 'bbbb,aaaa', 'bbbb'])
    expect(tokens.map((token) => decodeUnverified(token).header.kid)).toEqual(['aaaa', 'bbbb', 'bbbb'])
  })

  it('writes a file that only its owner can read', async () => {
    await writeKeys(path, [jwk('aaaa')])
    expect(await readKeys(path)).toEqual([jwk('aaaa')])
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })
})
