/** The corpus can fail: each of these changes to the library, of one line, turns it red. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { TOPICS } from './corpus/cases.ts'
import type { Doors } from './corpus/doors.ts'
import { flawsOf } from './corpus/flaws.ts'

vi.setConfig({ testTimeout: 120_000 })

const SOURCE = join(import.meta.dirname, '..', 'src')
const CACHE = join(import.meta.dirname, '.cache', 'sabotage')

/** A line of the library, what replaces it, and a case that must fail. */
const SABOTAGES: Readonly<Record<string, readonly [line: RegExp, instead: string, seenBy: string]>> = {
  'spare bits are ignored': [/ && \(last & \(\(1 << bits\) - 1\)\) === 0/, '', 'spelling of the payload: spare bits'],
  'exp is good for one second more': [/now - clockTolerance >= exp/, 'now - clockTolerance > exp', 'exp to the second: at its second'],
  'alg none passes': [
    /if \(alg === 'HS256'\) return/,
    "if (['HS256', 'none'].includes(alg)) return",
    'alg none, with a MAC that is right: "none"',
  ],
  'an aud needs no audience': [
    /if \(aud === undefined \|\| ignoreAudience\) return/,
    'return',
    'aud of whoever it is, where none is named: "\\"orders\\""',
  ],
  'every MAC matches on Web Crypto': [/\(await verifyMac\(key, signingInput, mac\)\) === true/, 'key', 'signature: of zeros'],
  'every MAC matches on node:crypto': [/if \(verifyMac\(key, signingInput, mac\)\) return key/, 'return key', 'signature: of zeros'],
  'numbers are rounded': [/if \(!hasRounded\(value\)\) return value/, 'return value', 'number that is rounded: "1e400"'],
  '2^53 itself passes': [/Math\.abs\(value\) >= ROUNDED/, 'Math.abs(value) > ROUNDED', 'number that is rounded: "9007199254740993"'],
  'negative numbers are rounded': [/Math\.abs\(value\) >= ROUNDED/, 'value >= ROUNDED', 'number that is rounded: "-1e400"'],
  'a number in a list is overlooked': [
    /typeof value === 'object' && value !== null\) \(nested/,
    "typeof value === 'object' && value !== null && !Array.isArray(value)) (nested",
    '-1e400 in the header,: in a list',
  ],
  'a tolerance may be milliseconds': [/seconds <= MAX_TOLERANCE/, 'seconds <= 1000 * MAX_TOLERANCE', 'option clockTolerance: 5000'],
  'a lifetime may be milliseconds': [/value > MAX_BARE_SECONDS/, 'value > 1000 * MAX_BARE_SECONDS', 'expiresIn: 3600000'],
  'a lifetime may be a fraction of a second': [/seconds >= 1\)/, 'seconds > 0)', 'expiresIn: 0.999'],
  'a secret may end with a space': [/\|\[\\s\\p\{Cf\}\]\$\/u/, '/u', 'secret with white space behind it: " "'],
  'any claim may be mistyped if one may': [
    /allowed\?\.includes\(registered\)/,
    'Number(allowed?.length) > 0',
    'aud that is mistyped, where others may be: "5"',
  ],
  'an error of verify quotes the token': [
    /=== true\) return key\n {2}throw new JwtSignatureError\('token signature does not match'\)/,
    '=== true) return key\n  throw new JwtSignatureError(`token does not match: ${jws.signingInput}`)',
    'signature: of another secret',
  ],
  'an error of verifySync quotes the token': [
    /mac\)\) return key\n {2}throw new JwtSignatureError\('token signature does not match'\)/,
    'mac)) return key\n  throw new JwtSignatureError(`token does not match: ${signingInput}`)',
    'signature: of another secret',
  ],
}

/** Copies the library, changes the one line that an expression finds, and opens its doors. */
async function sabotage(name: string, line: RegExp, instead: string): Promise<Doors> {
  const copy = join(CACHE, name.replaceAll(' ', '-'))
  rmSync(copy, { recursive: true, force: true })
  cpSync(SOURCE, copy, { recursive: true })
  const files = readdirSync(copy, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
  const found = files.filter((path) => line.test(readFileSync(join(copy, path), 'utf8')))
  expect(found, `${name}: one file has ${line}`).toHaveLength(1)
  const path = join(copy, found.join())
  const source = readFileSync(path, 'utf8')
  const changed = source.replace(line, () => instead)
  expect(changed, `${name} changes the file`).not.toBe(source)
  writeFileSync(path, changed)
  const [core, http, sync] = (await Promise.all(['index', 'http', 'sync'].map((door) => import(join(copy, `${door}.ts`))))) as [
    Doors['core'],
    Doors['http'],
    Doors['sync'],
  ]
  return { core, http, sync }
}

/** The names of all cases that see a flaw, of the topics that are quick. */
async function redCases(doors: Doors): Promise<readonly string[]> {
  const red: string[] = []
  for (const one of Object.entries(TOPICS).flatMap(([topic, cases]) => (topic === 'sizes' ? [] : cases))) {
    if ((await flawsOf(doors, one)).length > 0) red.push(one.name)
  }
  return red
}

afterAll(() => rmSync(CACHE, { recursive: true, force: true }))

describe('the corpus is', () => {
  it.each(Object.entries(SABOTAGES))('red if %s', async (name, [line, instead, seenBy]) => {
    expect(await redCases(await sabotage(name, line, instead))).toContain(seenBy)
  })

  it('green if a line is only written in another way', async () => {
    expect(await redCases(await sabotage('no change', /now - clockTolerance >= exp/, '!(now - clockTolerance < exp)'))).toEqual([])
  })
})
