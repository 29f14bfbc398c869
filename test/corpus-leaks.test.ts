/** What Node shows of an error. The rest of the corpus is in `corpus.test.ts`, for every runtime. */
import { inspect } from 'node:util'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { TOPICS } from './corpus/cases.ts'
import { openDoors, type Doors } from './corpus/doors.ts'
import { flawsOf } from './corpus/flaws.ts'

vi.setConfig({ testTimeout: 60_000 })

const show = (shown: unknown): readonly string[] => [inspect(shown, { depth: Infinity, showHidden: true }), inspect(shown)]

let doors: Doors
beforeAll(async () => {
  doors = await openDoors()
})

it('the corpus calls all three entry points on Node', () => {
  expect(doors.sync).toBeDefined()
})

describe('util.inspect shows no token, segment, key or claim', () => {
  it.each(Object.entries(TOPICS))('of %s', async (_topic, cases) => {
    const leaking: string[] = []
    for (const one of cases) if ((await flawsOf(doors, one, show)).length > 0) leaking.push(one.name)
    expect(leaking).toEqual([])
  })
})
