/** The workflows of GitHub run what exists, may do no more than they must, and use actions of a known version. Prettier checks that they are YAML. */
import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { filesOf, read, ROOT } from './support/docs-pages.ts'

const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> }
const [ci = '', release = ''] = ['ci', 'release'].map((name) => read(`.github/workflows/${name}.yml`))

/** The jobs of a workflow, as text. */
const jobsOf = (workflow: string): Readonly<Record<string, string>> => {
  const jobs = workflow.slice(workflow.indexOf('\njobs:')).matchAll(/^ {2}(\w+):\n((?: {4}.*\n|\n)+)/gm)
  return Object.fromEntries([...jobs].map(([, name = '', job = '']) => [name, job]))
}

/** The lines that a text runs: in `run`, and in the inputs of an action that is told to run something. */
const commandsOf = (text = ''): readonly string[] =>
  [...text.matchAll(/^ +(?:- )?(?:run|version|publish): (?:\|\n((?: {10}.*\n)+)|(.*))/gm)].map(([, block, line = '']) =>
    (block ?? line).trim(),
  )

/** The permissions of a job, or of a workflow. */
const permissionsOf = (text: string, indent: string): string => {
  const [, permissions = 'all'] = new RegExp(`^${indent}permissions:(.*(?:\n${indent}  .*)*)`, 'm').exec(text) ?? []
  return permissions.replaceAll(/ #.*| /g, '').trim()
}

describe.each(filesOf('.github/workflows', '.yml'))('%s', (path) => {
  const workflow = read(path)
  const jobs = Object.values(jobsOf(workflow))

  it('runs what exists', () => {
    const named = [...workflow.matchAll(/\bnpm run ([\w:-]+)|: (\.\S+)$/gm)]
    expect(named.length).toBeGreaterThan(0)
    for (const [, script, path = ''] of named)
      if (script === undefined) accessSync(join(ROOT, path), constants.X_OK)
      else expect(scripts).toHaveProperty(script)
  })

  it('runs .ci/run on Debian, whose packages it installs, and with the tags, which it reads', () => {
    const checking = jobs.filter((job) => commandsOf(job).includes('.ci/run'))
    expect(checking).toEqual([expect.stringMatching(/^ {4}container: node:20-bookworm .*^ +fetch-depth: 0/ms)])
  })

  it('pins the versions of actions', () => {
    const used = [...workflow.matchAll(/uses: (.*)/g)].map(([, action = '']) => action)
    expect(used.length).toBeGreaterThan(0)
    expect(used.filter((action) => !/^[\w-]+\/[\w-]+@(?:v\d+(?:\.\d+)*|[\da-f]{40})$/.test(action))).toEqual([])
  })

  it('allows nothing by default but to read, and no job more than an hour', () => {
    expect(['{}', 'contents:read']).toContain(permissionsOf(workflow, ''))
    for (const job of jobs) expect(Number(/^ {4}timeout-minutes: (\d+)$/m.exec(job)?.[1])).toBeLessThanOrEqual(60)
  })
})

describe('the workflows', () => {
  it('check every change only by .ci/run', () => {
    expect(ci).toMatch(/^on:\n {2}push:\n {4}branches: \[main\]\n {2}pull_request:\n$/m)
    expect(commandsOf(ci)).toEqual(['.ci/run'])
    expect(Object.values(jobsOf(ci)).map((job) => permissionsOf(job, '    '))).toEqual(['all'])
  })

  it('publish after all checks, with provenance, in the only job that may', () => {
    const jobs = jobsOf(release)
    expect(Object.entries(jobs).map(([name, job]) => [name, permissionsOf(job, '    ')])).toEqual([
      ['version', 'contents:write\npull-requests:write'],
      ['check', 'contents:read'],
      ['publish', 'contents:read\nid-token:write'],
      ['tag', 'contents:write'],
    ])
    expect(commandsOf(jobs['check'])).toEqual(['.ci/run'])
    expect(jobs['publish']).toContain('needs: [version, check]')
    expect(jobs['tag']).toContain('needs: [version, publish]')
    const commands = commandsOf(jobs['publish'])
    expect(commands.at(-2)).toBe('npm run release -- --final')
    expect(commands.at(-1)).toMatch(/^npm publish .*--provenance/)
    expect(release).toMatch(/^on:\n {2}push:\n {4}branches: \[main\]\n\n/m)
  })
})
