/** docs/systems.md shows what `npm run systems` found out; the run itself needs the systems. */
import { readFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { expect, it } from 'vitest'
import { blocksOf, PAGE, readResults, RESULTS, SYSTEMS, toJson, withTables } from '../systems/page.ts'

it('docs/systems.md has the tables of results.json, which has a result for every section, and each makes a key', async () => {
  const results = readResults()
  const page = readFileSync(PAGE, 'utf8')
  expect(await format(withTables(page, results), { ...(await resolveConfig(PAGE)), filepath: PAGE })).toBe(page)
  expect(toJson(results)).toBe(readFileSync(RESULTS, 'utf8'))
  expect(SYSTEMS.length).toBeGreaterThanOrEqual(24)
  expect(Object.keys(results)).toEqual(SYSTEMS.map(({ system }) => system))
  const keyless = SYSTEMS.filter(({ system }) => !blocksOf(system).some(({ code }) => /^const key = createKey\(/m.test(code)))
  expect(keyless).toEqual([])
})
