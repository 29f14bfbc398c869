/** The packed package in a bundle for browsers, by three bundlers: no polyfill, no warning, and nothing but Web Crypto and text codecs needed. */
import { createContext, runInContext } from 'node:vm'
import { expect, it } from 'vitest'
import { BUNDLERS } from './bundlers.ts'
import { project } from './project.ts'
import { entry } from './smoke.ts'

it.each(Object.entries(BUNDLERS))('a bundle by %s has no polyfill, and works in a realm without globals of Node', async (_name, bundle) => {
  const { code, complaints } = await bundle(project({ 'entry.js': entry }))
  expect(complaints).toEqual([])
  expect(code).not.toMatch(/\bBuffer\b|\bprocess\b|\brequire\b|node:crypto|\batob\b|\bbtoa\b|\beval\b|new Function/)
  expect(code.length).toBeLessThan(35_000) // as a polyfill of crypto or Buffer would make it
  expect(await runInContext(`${code};bundle.works()`, createContext({ TextEncoder, TextDecoder, crypto }))).toBe('works')
})
