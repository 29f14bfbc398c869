/** docs/systems.md shows what `npm run systems` found out; the run itself needs the systems. */
import { readFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { describe, expect, it } from 'vitest'
import { blocksOf, PAGE, readResults, RESULTS, SYSTEMS, toJson, withTables } from '../systems/page.ts'

const results = readResults()
const page = readFileSync(PAGE, 'utf8')
const written = async (text: string) => format(text, { ...(await resolveConfig(PAGE)), filepath: PAGE })

describe('docs/systems.md', () => {
  it('has the tables of results.json', async () => {
    expect(await written(withTables(page, results))).toBe(page)
    expect(toJson(results)).toBe(readFileSync(RESULTS, 'utf8'))
  })

  it('has a result for every section, and code that makes a key', () => {
    expect(SYSTEMS.length).toBeGreaterThanOrEqual(24)
    expect(Object.keys(results)).toEqual(SYSTEMS.map(({ system }) => system))
    for (const { system } of SYSTEMS)
      expect(
        blocksOf(system)
          .map(({ code }) => code)
          .join('\n'),
      ).toMatch(/^const key = createKey\(/m)
  })

  it('is compared by a check that finds a changed answer', async () => {
    const [[system, result] = ['', undefined]] = Object.entries(results)
    const changed = { ...results, [system]: { ...result!, there: { good: '200', expired: '200', forged: '200' } } }
    expect(await written(withTables(page, changed))).not.toBe(page)
  })
})
