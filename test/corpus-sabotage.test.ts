/** The corpus can fail: each of these changes to the library, of one line, turns it red. */
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { TOPICS } from './corpus/cases.ts'
import type { Doors } from './corpus/doors.ts'
import { flawsOf } from './corpus/flaws.ts'
import { filesOf, read, ROOT } from './support/docs-pages.ts'

vi.setConfig({ testTimeout: 120_000 })

const CACHE = join(import.meta.dirname, '.cache', 'sabotage')
const UNMATCHED = "throw new JwtSignatureError('token signature does not match')"
const quoting = (text: string): string => `throw new JwtSignatureError(\`token does not match: \${${text}}\`)`

/** Code of the library, what replaces it, and a case that must fail. */
const SABOTAGES: Readonly<Record<string, readonly [code: string, instead: string, seenBy: string]>> = {
  'spare bits are ignored': [' && (last & ((1 << bits) - 1)) === 0', '', 'spelling of the payload: spare bits'],
  'exp is good for one second more': ['now - clockTolerance >= exp', 'now - clockTolerance > exp', 'exp to the second: at its second'],
  'alg none passes': ["alg === 'HS256') return", "alg === 'HS256' || alg === 'none') return", 'alg none, with a MAC that is right: "none"'],
  'an aud needs no audience': [
    'aud !== undefined && !expected.ignoreAudience',
    'false',
    'aud of whoever it is, where none is named: "\\"orders\\""',
  ],
  'every MAC matches on Web Crypto': ['if ((await verifyMac(candidate, signingInput, mac)) !== true) continue', '', 'signature: of zeros'],
  'every MAC matches on node:crypto': ['if (verifyMac(key, signingInput, mac)) ', '', 'signature: of zeros'],
  'numbers are rounded': ['if (!hasRounded(value)) ', '', 'number that is rounded: "1e400"'],
  '2^53 itself passes': ['(value) >= ROUNDED', '(value) > ROUNDED', 'number that is rounded: "9007199254740993"'],
  'negative numbers are rounded': ['Math.abs(value) >= ROUNDED', 'value >= ROUNDED', 'number that is rounded: "-1e400"'],
  'a number in a list is overlooked': [
    'for (const value of suspect) if (isSuspect(value)) suspects.push(value)',
    '',
    '-1e400 in the header,: "\\"id\\":[#]"',
  ],
  'a tolerance may be milliseconds': ['seconds <= MAX_TOLERANCE', 'seconds <= 1000 * MAX_TOLERANCE', 'option clockTolerance: 5000'],
  'a lifetime may be milliseconds': ['value > MAX_BARE_SECONDS', 'value > 1000 * MAX_BARE_SECONDS', 'expiresIn: 3600000'],
  'a lifetime may be a fraction of a second': ['seconds >= 1)', 'seconds > 0)', 'expiresIn: 0.999'],
  'a secret may end with a space': [String.raw`|[\s\p{Cf}]$/u`, '/u', 'secret with white space behind it: " "'],
  'any claim may be mistyped if one may': ['allowed?.includes(registered)', 'allowed', 'aud that is mistyped, where others may be: "5"'],
  'an error of verify quotes the token': [
    `if (key === undefined) ${UNMATCHED}`,
    `if (key === undefined) ${quoting('jws.signingInput')}`,
    'signature: of another secret',
  ],
  'an error of verifySync quotes the token': [
    `mac)) return key\n  ${UNMATCHED}`,
    `mac)) return key\n  ${quoting('signingInput')}`,
    'signature: of another secret',
  ],
}

/** Copies the library, replaces code that it has once, and imports its entry points. */
async function sabotage(name: string, code: string, instead: string): Promise<Doors> {
  const holding = filesOf('src', '.ts').flatMap((path) => read(path).split(code).slice(1).fill(path))
  expect(holding, `the library has ${code} once`).toHaveLength(1)
  const copy = join(CACHE, name.replaceAll(/\W/g, '-'))
  cpSync(join(ROOT, 'src'), copy, { recursive: true })
  const sabotaged = read(holding[0]!).replace(code, () => instead)
  writeFileSync(join(copy, relative('src', holding[0]!)), sabotaged)
  const [core, http, sync] = ['index', 'http', 'sync'].map((door): Promise<unknown> => import(join(copy, `${door}.ts`)))
  return { core: await core, http: await http, sync: await sync } as Doors
}

/** The names of all cases that see a flaw, of the topics that are quick. */
async function redCases(doors: Doors): Promise<readonly string[]> {
  const red: string[] = []
  for (const one of Object.entries(TOPICS).flatMap(([topic, cases]) => (topic === 'sizes' ? [] : cases)))
    if ((await flawsOf(doors, one)).length > 0) red.push(one.name)
  return red
}

afterAll(() => rmSync(CACHE, { recursive: true, force: true }))

describe('the corpus is', () => {
  it.each(Object.entries(SABOTAGES))('red if %s', async (name, [code, instead, seenBy]) => {
    expect(await redCases(await sabotage(name, code, instead))).toContain(seenBy)
  })

  it('green if code is only written in another way', async () => {
    expect(await redCases(await sabotage('no change', 'now - clockTolerance >= exp', '!(now - clockTolerance < exp)'))).toEqual([])
  })
})
