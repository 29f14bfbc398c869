/** The packed package, installed, in a script of ES modules and in one of CommonJS, on every runtime that runs scripts. */
import { expect, it } from 'vitest'
import { PROGRAMS } from '../../tools/everywhere/runtimes.ts'
import { project } from './project.ts'
import { run } from './run.ts'
import { cjs, esm } from './smoke.ts'

it.each(Object.entries(PROGRAMS))('%s runs an ES module and CommonJS, without a warning', (_name, program) => {
  const folder = project({ 'smoke.mjs': esm, 'smoke.cjs': cjs })
  expect(run([...program, 'smoke.mjs'], folder)).toBe('works\n')
  expect(run([...program, 'smoke.cjs'], folder)).toBe('works\n')
})
