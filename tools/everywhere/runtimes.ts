/** The runtimes: the name of each, its version, and the command that runs the suites. */
import { join } from 'node:path'
import { VERSIONS } from './browsers.ts'

/** The root of the repository. */
export const ROOT: string = join(import.meta.dirname, '..', '..')

/** The folder in which the runtimes are installed. */
export const RUNTIMES_FOLDER: string = join(ROOT, 'tools', 'runtimes')

/** A command and its arguments. */
export type Command = readonly string[]

export interface Runtime {
  readonly name: string
  /** A command that prints the version in its first lines. */
  readonly version: Command
  /** A command that runs the suites; a reporter may be added. */
  readonly run: Command
  /** Whether it has `node:crypto`, and so runs the suites of `hs256/sync`. */
  readonly isSync: boolean
}

const installed = (...path: readonly string[]): string => join(RUNTIMES_FOLDER, 'node_modules', ...path)
const vitest = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--root', ROOT, '--config']
const suites = [...vitest, join(import.meta.dirname, 'vitest.config.ts')]
const everything = [...suites, '--project', 'isomorphic', '--project', 'sync']
const here = process.execPath

/** The command that starts each runtime that is a program, without the arguments of the script. */
export const PROGRAMS: Readonly<Record<string, Command>> = {
  'Node 20': [installed('node20/bin/node')],
  'Node 22': [installed('node22/bin/node')],
  'Node 24': [installed('node24/bin/node')],
  'Node 26': [installed('node26/bin/node')],
  Bun: [installed('.bin/bun'), '--bun'],
  Deno: [installed('.bin/deno'), 'run', '-A'],
}

const edge = `console.log(JSON.parse(require('node:fs').readFileSync('node_modules/@edge-runtime/vm/package.json', 'utf8')).version)`

export const RUNTIMES: readonly Runtime[] = [
  ...Object.entries(PROGRAMS).map(([name, program]): Runtime => {
    return { name, version: [...program.slice(0, 1), '--version'], run: [...program, ...everything], isSync: true }
  }),
  {
    name: 'workerd',
    version: [installed('.bin/workerd'), '--version'],
    run: [here, ...vitest, join(RUNTIMES_FOLDER, 'workerd.config.mjs')],
    isSync: true,
  },
  { name: 'edge-runtime', version: [here, '-e', edge], run: [here, ...suites, '--project', 'edge'], isSync: false },
  ...['chromium', 'firefox', 'webkit'].map((browser): Runtime => {
    const run = [here, ...suites, '--project', `browser (${browser})`]
    return {
      name: browser[0]?.toUpperCase() + browser.slice(1).replace('kit', 'Kit'),
      version: VERSIONS[browser] ?? [],
      run,
      isSync: false,
    }
  }),
]
