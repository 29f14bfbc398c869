/** The outcome of the suites on one runtime. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
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

const LIMIT = 900_000 // milliseconds: many times what the slowest runtime takes, in case the machine is busy

function run([program = '', ...args]: Command, timeout: number): { readonly output: string; readonly failure: readonly string[] } {
  const env = { ...process.env, NO_COLOR: '1' }
  const { stdout, stderr, status, error } = spawnSync(program, args, { cwd: ROOT, encoding: 'utf8', timeout, env, maxBuffer: 2 ** 27 })
  const failure = error?.message ?? (status === 0 ? undefined : `it exited with ${status ?? 'a signal'}`)
  return { output: `${stdout ?? ''}${stderr ?? ''}`, failure: failure === undefined ? [] : [failure] }
}

/** The states of the tests that vitest has reported, by file. */
function readStates(path: string): ReadonlyMap<string, readonly string[]> {
  const { testResults } = (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { testResults: [] }) as Report
  return new Map(testResults.map(({ name, assertionResults }) => [relative(ROOT, name), assertionResults.map(({ status }) => status)]))
}

/** Runs the suites on a runtime. */
export function outcomeOf({ name: runtime, version: versionCommand, run: command, isSync }: Runtime): Outcome {
  const told = run(versionCommand, 30_000)
  const version = /\d+(?:[.-]\d+)+/.exec(told.output)?.[0]
  const folder = mkdtempSync(join(tmpdir(), 'hs256-'))
  const file = join(folder, 'report.json')
  const { output, failure } = version
    ? run([...command, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`], LIMIT)
    : told
  const states = readStates(file)
  rmSync(folder, { recursive: true, force: true })

  const countOf = (files: readonly string[]): Count => {
    const tests = files.flatMap((path) => states.get(path) ?? [])
    return { passed: tests.filter((state) => state === 'passed').length, total: tests.length }
  }
  const [isomorphic, sync] = [filesOf(ISOMORPHIC), isSync ? filesOf(SYNCHRONOUS) : undefined]
  const idle = [...isomorphic, ...(sync ?? [])].filter((path) => !states.get(path)?.length).map((path) => `${path} ran no test`)
  return {
    runtime,
    version: version ?? '?',
    isomorphic: countOf(isomorphic),
    sync: sync && countOf(sync),
    faults: [
      ...(version === undefined ? ['it could not be started'] : []),
      ...(states.size === 0 ? ['it has run nothing'] : idle),
      ...failure,
    ],
    output,
  }
}
