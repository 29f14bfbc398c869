/** The public surface is pinned: docs/api.txt is what `npm run api` makes of the sources. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as hs256 from 'hs256'
import * as http from 'hs256/http'
import * as sync from 'hs256/sync'
import { describe, expect, it } from 'vitest'
import { isUntold } from '../tools/api/changeset.ts'
import { apiReport } from '../tools/api/report.ts'

const pinned = readFileSync(join(import.meta.dirname, '..', 'docs', 'api.txt'), 'utf8')

describe('docs/api.txt', () => {
  it('is the public surface of the sources: after an intended change, run npm run api and write a changeset', () => {
    expect(apiReport()).toBe(pinned)
  }, 180_000)

  it.each([
    ['hs256', hs256],
    ['hs256/http', http],
    ['hs256/sync', sync],
  ])('names every value that %s exports at run time', (door, values) => {
    const [, line = ''] = new RegExp(`^${door}\n {2}values: (.*)$`, 'm').exec(pinned) ?? []
    expect(line.split(' ')).toEqual(Object.keys(values).sort())
  })

  it('includes the parameters and results of functions, and the members of types that only they use', () => {
    expect(pinned).toMatch(/^ {2}function createKey\(secret: Secret, options\?: KeyOptions\): JwtKey;$/m)
    expect(pinned).toMatch(/^ {2}interface VerifyOptions</m)
    expect(pinned).not.toContain('/**')
  })
})

describe('a change of the surface', () => {
  it('needs a changeset', () => {
    const isPrepared = false
    expect(isUntold('a', 'b', { changesets: ['config.json', 'README.md'], isPrepared })).toBe(true)
    expect(isUntold('', 'b', { changesets: [], isPrepared })).toBe(true)
    expect(isUntold('a', 'b', { changesets: ['config.json', 'brave-cats-sing.md'], isPrepared })).toBe(false)
    expect(isUntold('a', 'a', { changesets: ['config.json'], isPrepared })).toBe(false)
  })

  it('needs none if the version that is being prepared has an entry in CHANGELOG.md', () => {
    expect(isUntold('', 'b', { changesets: [], isPrepared: true })).toBe(false)
  })
})
