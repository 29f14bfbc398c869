/** The workflows of GitHub are YAML, run scripts that exist, may do no more than they must, and use actions of a known version. */
import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { filesOf, read, ROOT } from './support/docs-pages.ts'

interface Step {
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}

interface Job {
  readonly container?: string
  readonly permissions?: Readonly<Record<string, string>>
  readonly needs?: string | readonly string[]
  readonly 'timeout-minutes'?: number
  readonly steps: readonly Step[]
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> }
const paths = filesOf('.github/workflows', '.yml')
const workflows = paths.map((path) => [path, parse(read(path), { strict: true, uniqueKeys: true }) as Workflow] as const)

const stepsOf = ({ jobs }: Workflow): readonly Step[] => Object.values(jobs).flatMap(({ steps }) => steps)

/** The lines of shell in a workflow, and what an action is told to run. */
const commandsOf = (workflow: Workflow): readonly string[] =>
  stepsOf(workflow).flatMap(({ run, with: inputs }) =>
    [run, inputs?.['version'], inputs?.['publish']].filter((text) => typeof text === 'string'),
  )

/** What shell runs that the repository has not. */
function missingIn(commands: readonly string[]): readonly string[] {
  const named = commands.flatMap((command) => [...command.matchAll(/\bnpm run ([\w:-]+)|(?:^|\s)(\.[\w./-]+)/gm)])
  return named.flatMap(([, script, path]) => {
    if (script !== undefined) return Object.hasOwn(scripts, script) ? [] : [script]
    return isExecutable(path ?? '') ? [] : [path ?? '']
  })
}

function isExecutable(path: string): boolean {
  try {
    accessSync(join(ROOT, path), constants.X_OK)
    return true
  } catch {
    return false
  }
}

describe.each(workflows)('%s', (_path, workflow) => {
  it('runs what exists', () => {
    expect(commandsOf(workflow).length).toBeGreaterThan(0)
    expect(missingIn(commandsOf(workflow))).toEqual([])
  })

  it('runs .ci/run on Debian, whose packages it installs, and with the tags, which it reads', () => {
    for (const { container, steps } of Object.values(workflow.jobs)) {
      if (!steps.some(({ run }) => run === '.ci/run')) continue
      expect(container).toBe('node:20-bookworm')
      expect(steps.find(({ uses }) => uses?.startsWith('actions/checkout'))?.with).toMatchObject({ 'fetch-depth': 0 })
    }
  })

  it('pins the versions of actions', () => {
    const used = stepsOf(workflow).flatMap(({ uses }) => uses ?? [])
    expect(used.filter((action) => !/^[\w-]+\/[\w-]+@(?:v\d+(?:\.\d+)*|[\da-f]{40})$/.test(action))).toEqual([])
  })

  it('allows only what each job says, and nothing by default', () => {
    for (const right of Object.values(workflow.permissions ?? { all: 'write' })) expect(right).toBe('read')
    for (const { 'timeout-minutes': minutes = Infinity } of Object.values(workflow.jobs)) expect(minutes).toBeLessThanOrEqual(60)
  })
})

describe('the workflows', () => {
  const [ci, release] = ['ci', 'release'].map((name) => workflows.find(([path]) => path.endsWith(`${name}.yml`))?.[1])

  it('check every change only by .ci/run', () => {
    expect(Object.keys(ci?.on ?? {})).toEqual(['push', 'pull_request'])
    expect(commandsOf(ci!)).toEqual(['.ci/run'])
    expect(Object.values(ci?.jobs ?? {}).map(({ permissions }) => permissions)).toEqual([undefined])
  })

  it('publish after all checks, with provenance, in the only job that may', () => {
    const jobs = release?.jobs ?? {}
    expect(Object.keys(jobs)).toEqual(['version', 'check', 'publish', 'tag'])
    expect(Object.values(jobs).map(({ permissions }) => permissions)).toEqual([
      { contents: 'write', 'pull-requests': 'write' },
      { contents: 'read' },
      { contents: 'read', 'id-token': 'write' },
      { contents: 'write' },
    ])
    expect(jobs['check']?.steps.at(-1)?.run).toBe('.ci/run')
    expect(jobs['publish']?.needs).toContain('check')
    expect(jobs['tag']?.needs).toContain('publish')
    const commands = jobs['publish']?.steps.flatMap(({ run }) => run ?? []) ?? []
    expect(commands.slice(-2)[0]).toBe('npm run release:check')
    expect(commands.at(-1)).toMatch(/^npm publish .*--provenance/)
    expect(Object.keys(release?.on ?? {})).toEqual(['push'])
  })

  it('are read by a check that finds a script that does not exist', () => {
    const commands = ['npm run gone', 'npm run build && ./gone.sh', '.ci/run', 'npm ci', '.ci/gone']
    expect(missingIn(commands)).toEqual(['gone', './gone.sh', '.ci/gone'])
  })
})
