/** What Node shows of an error, and that the corpus sees a leak. The rest of the corpus is in `corpus.test.ts`, for every runtime. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
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

it('the corpus uses only what every runtime has', () => {
  const folder = join(import.meta.dirname, 'corpus')
  const files = [...readdirSync(folder).map((file) => join('corpus', file)), 'corpus.test.ts']
  const isNodes = (file: string): boolean =>
    /from 'node:|\bBuffer\.|\bprocess\.|\brequire\(/.test(readFileSync(join(import.meta.dirname, file), 'utf8'))
  expect(files.length).toBeGreaterThan(20)
  expect(files.filter(isNodes)).toEqual([])
})

describe('util.inspect shows no token, segment, key or claim', () => {
  it.each(Object.entries(TOPICS))('of %s', async (_topic, cases) => {
    const leaking: string[] = []
    for (const one of cases) if ((await flawsOf(doors, one, show)).length > 0) leaking.push(one.name)
    expect(leaking).toEqual([])
  })
})
