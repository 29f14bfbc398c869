/** The packed package, installed, in a script of ES modules and in one of CommonJS, on every runtime that runs scripts. */
import { describe, expect, it } from 'vitest'
import { PROGRAMS } from '../../tools/everywhere/runtimes.ts'
import { project } from './project.ts'
import { run } from './run.ts'
import { cjs, esm } from './smoke.ts'

describe.each(Object.entries(PROGRAMS))('%s', (_name, program) => {
  it.each([
    ['an ES module', 'smoke.mjs', esm],
    ['CommonJS', 'smoke.cjs', cjs],
  ])('runs %s, without a warning', (_format, file, code) => {
    expect(run([...program, file], project({ [file]: code }))).toBe('works\n')
  })
})
