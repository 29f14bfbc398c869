/** The hostile corpus, at every door of this runtime. Nothing here is Node's alone. */
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { ATTACKS } from './corpus/attacks.ts'
import { CASES, TOPICS } from './corpus/cases.ts'
import { openDoors, type Doors } from './corpus/doors.ts'
import { flawsOf } from './corpus/flaws.ts'

vi.setConfig({ testTimeout: 30_000 }) // some cases are of 2 MB

let doors: Doors
beforeAll(async () => {
  doors = await openDoors()
})

describe.each(Object.entries(TOPICS))('%s', (_topic, cases) => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
    expect(await flawsOf(doors, one)).toEqual([])
  })
})

describe('the corpus', () => {
  it('has 400 cases or more, each with its own name', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(400)
    expect(CASES.map(({ name }) => name).filter((name, index, names) => names.indexOf(name) !== index)).toEqual([])
  })

  it('has cases of every listed attack, and of no other', () => {
    expect([...new Set(CASES.map(({ attack }) => attack))].sort((a, b) => a - b)).toEqual(Object.keys(ATTACKS).map(Number))
  })

  it.each(['rfc', 'policy'])('has cases that are accepted and cases that are rejected, with a reason: %s', (kind) => {
    const cases = CASES.filter((one) => one.kind === kind)
    expect(cases.filter(({ source }) => source === '')).toEqual([])
    expect(new Set(cases.map(({ verdict }) => verdict)).size).toBeGreaterThan(10)
    expect(cases.map(({ verdict }) => verdict)).toContain('accepted')
  })
})
