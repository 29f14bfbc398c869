/** The outcome of the suites on one runtime. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { ROOT, type Command, type Runtime } from './runtimes.ts'
import { filesOf, ISOMORPHIC, SYNCHRONOUS } from './suites.ts'

/** How many tests of a set of suites passed, and how many there are. */
export interface Count {
  readonly passed: number
  readonly total: number
}

export interface Outcome {
  readonly runtime: string
  readonly version: string
  readonly isomorphic: Count
  /** `undefined` if the runtime lacks `node:crypto`. */
  readonly sync: Count | undefined
  /** What went wrong, if anything: it did not start, a file did not run, a test failed. */
  readonly faults: readonly string[]
  /** Its output, shown if something went wrong. */
  readonly output: string
}

/** The parts of the output of vitest's JSON reporter that are read. */
interface Report {
  readonly testResults: readonly { readonly name: string; readonly assertionResults: readonly { readonly status: string }[] }[]
}

const NONE: Count = { passed: 0, total: 0 }
const LIMIT = 900_000 // milliseconds: many times what the slowest runtime takes, in case the machine is busy

function run([program = '', ...args]: Command, timeout: number): { readonly output: string; readonly failure: string | undefined } {
  const env = { ...process.env, NO_COLOR: '1' }
  const { stdout, stderr, status, error } = spawnSync(program, args, { cwd: ROOT, encoding: 'utf8', timeout, env, maxBuffer: 2 ** 27 })
  const failure = error?.message ?? (status === 0 ? undefined : `it exited with ${status ?? 'a signal'}`)
  return { output: `${stdout ?? ''}${stderr ?? ''}`, failure }
}

function countOf({ testResults }: Report, files: readonly string[]): Count {
  const tests = testResults.filter(({ name }) => files.includes(relative(ROOT, name))).flatMap(({ assertionResults }) => assertionResults)
  return { passed: tests.filter(({ status }) => status === 'passed').length, total: tests.length }
}

/** Files that ran no test. */
function idle({ testResults }: Report, files: readonly string[]): readonly string[] {
  const ran = testResults.filter(({ assertionResults }) => assertionResults.length > 0).map(({ name }) => relative(ROOT, name))
  return files.filter((file) => !ran.includes(file)).map((file) => `${file} ran no test`)
}

function readReport(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch {
    return undefined
  }
}

/** Runs the suites on a runtime. */
export function outcomeOf({ name: runtime, version: versionCommand, run: command, isSync }: Runtime): Outcome {
  const told = run(versionCommand, 30_000)
  const version = /\d+(?:[.-]\d+)+/.exec(told.output)?.[0]
  const sync = isSync ? NONE : undefined
  if (version === undefined)
    return {
      runtime,
      version: '?',
      isomorphic: NONE,
      sync,
      faults: [`it could not be started: ${told.failure ?? 'no version'}`],
      output: told.output,
    }

  const folder = mkdtempSync(join(tmpdir(), 'hs256-'))
  const file = join(folder, 'report.json')
  const { output, failure } = run([...command, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`], LIMIT)
  const report = readReport(file)
  rmSync(folder, { recursive: true, force: true })
  if (report === undefined)
    return { runtime, version, isomorphic: NONE, sync, faults: [`it has run nothing: ${failure ?? 'no report'}`], output }

  const [isomorphicFiles, syncFiles] = [filesOf(ISOMORPHIC), isSync ? filesOf(SYNCHRONOUS) : []]
  return {
    runtime,
    version,
    isomorphic: countOf(report, isomorphicFiles),
    sync: sync && countOf(report, syncFiles),
    faults: [...idle(report, [...isomorphicFiles, ...syncFiles]), ...(failure === undefined ? [] : [failure])],
    output,
  }
}
