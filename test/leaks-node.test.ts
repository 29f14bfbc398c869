/** What Node, its worker threads and Vitest's reporters show of an error: never a claim, an issue of a schema or a kid, also where they run getters. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { format, inspect } from 'node:util'
import { serialize } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { buildSync } from 'esbuild'
import { describe, expect, it, onTestFinished } from 'vitest'
import { TOPICS } from './corpus/cases.ts'
import { openDoors } from './corpus/doors.ts'
import { flawsOf } from './corpus/flaws.ts'
import { allErrors, EMAIL, personalErrors, REVEALED, type Way } from './support/personal-errors.ts'

const ROOT = join(import.meta.dirname, '..')
const errors = await allErrors()
const personal = Object.keys(await personalErrors())

/** The errors as a script, for a process or a thread of its own. */
function bundle(format: 'cjs' | 'esm'): string {
  const entryPoints = [join(import.meta.dirname, 'support/personal-errors.ts')]
  const alias = { hs256: join(ROOT, 'src', 'index.ts'), 'hs256/http': join(ROOT, 'src', 'http.ts') }
  return String(buildSync({ entryPoints, alias, bundle: true, format, target: 'es2022', write: false }).outputFiles[0]?.text)
}
const script = bundle('cjs')

/** A script that throws one of the errors, outside of any promise. */
const throwing = (name: string): string =>
  `${script};module.exports.allErrors().then((errors) => setImmediate(() => { throw errors[${JSON.stringify(name)}] }))`

const EVERYTHING = { showHidden: true, getters: true, depth: null, maxStringLength: null } as const

/** What the thread that started a worker gets of an error that the worker throws. */
function thrownByWorker(name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(throwing(name), { eval: true })
    worker.on('error', (error) => resolve(inspect(error, EVERYTHING)))
    worker.on('exit', () => reject(new Error('the worker has thrown nothing')))
  })
}

/** What a process prints of an error that nothing catches. */
function uncaught(name: string): string {
  const { stderr, status } = spawnSync(process.execPath, ['-'], { input: throwing(name), encoding: 'utf8' })
  expect(status).toBe(1)
  return stderr
}

/** Everything that walks over an error, and a way to reveal a claim to it. A console inspects what it prints; a clone is what `serialize` writes. */
const WALKERS: readonly (readonly [walker: string, walk: (error: Error, name: string) => unknown, way: Way])[] = [
  ['inspect', (error) => inspect(error), 'property'],
  ['inspect with hidden properties and getters', (error) => inspect(error, EVERYTHING), 'getter'],
  ['inspect of what holds it', (error) => inspect(new AggregateError([error], 'x', { cause: [error] }), EVERYTHING), 'getter'],
  ['format', (error) => format('%s %o %O %j', error, error, error, error), 'property'],
  ['JSON.stringify with all names', (error) => JSON.stringify(error, Object.getOwnPropertyNames(error)), 'message'],
  ['serialize', (error) => serialize(error).toString('latin1'), 'message'],
  ['the error event of a worker', (_error, name) => thrownByWorker(name), 'getter'],
  ['a process that nothing catches it in', (_error, name) => uncaught(name), 'property'],
]

describe('inspect shows no token, segment, key or claim', { timeout: 60_000 }, async () => {
  const doors = await openDoors()
  const show = (shown: unknown): readonly string[] => [inspect(shown, { depth: Infinity, showHidden: true }), inspect(shown)]

  it('has all three entry points to show', () => {
    expect(doors.sync).toBeDefined()
  })

  it.each(Object.entries(TOPICS))('in the corpus: %s', async (_topic, cases) => {
    const leaking: string[] = []
    for (const one of cases) if ((await flawsOf(doors, one, show)).length > 0) leaking.push(one.name)
    expect(leaking).toEqual([])
  })
})

it('sixteen kinds of errors know the e-mail address that is looked for', () => {
  expect(personal).toHaveLength(16)
})

/** The lines that hold a text: of a long report, a failed test shows only them. */
const linesWith = (text: string, report: string): readonly string[] => report.split('\n').filter((line) => line.includes(text))

describe.each(WALKERS)('%s', (_walker, walk, way) => {
  const shown = async (name: string): Promise<string> => String(await walk(errors[name] as Error, name))

  it.each(personal)('shows no claim: %s', async (name) => {
    expect(linesWith(EMAIL, await shown(name))).toEqual([])
  })

  it(`would show one that a ${way} reveals`, async () => {
    expect(linesWith(REVEALED[way], await shown(way))).not.toEqual([])
  })
})

describe('a failed test in Vitest', () => {
  const TESTS = `
    import { allErrors } from './personal-errors.mjs'
    for (const [name, error] of Object.entries(await allErrors())) {
      it('throws: ' + name, () => { throw error })
      it('rejects: ' + name, () => Promise.reject(error))
      it('compares: ' + name, () => expect(error).toEqual({}))
      it('compares an object: ' + name, () => expect({ error }).toEqual({ error: undefined }))
      it('expects no rejection: ' + name, () => expect(Promise.reject(error)).resolves.toBe(1))
    }
  `

  /** What a reporter writes of these tests, to its output or to a file. */
  function reportBy(reporter: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'hs256-leaks-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    writeFileSync(join(folder, 'personal-errors.mjs'), bundle('esm'))
    writeFileSync(join(folder, 'leaks.test.mjs'), TESTS)
    const { NODE_ENV: _ours, VITEST: _also, ...env } = process.env
    const vitest = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--globals', '--root', folder, `--reporter=${reporter}`]
    const { stdout, stderr } = spawnSync(process.execPath, vitest, { encoding: 'utf8', env: { ...env, NO_COLOR: '1' } })
    return `${stdout}${stderr}`
  }

  it.each(['verbose', 'junit', 'github-actions'])(
    'is reported with the error but without a claim, which a getter would reveal: %s',
    (reporter) => {
      const report = reportBy(reporter)
      for (const name of personal) expect(linesWith(String(errors[name]), report), name).not.toEqual([])
      expect(linesWith(EMAIL, report)).toEqual([])
      expect(linesWith(REVEALED.getter, report)).not.toEqual([])
    },
    60_000,
  )
})
