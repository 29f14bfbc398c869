/**
 * Does every step of a release except publishing: builds, checks the package and its tarball, does npm's dry run, and checks version, changelog,
 * tag and tree. Contacts no registry. `--package` only checks the tarball and does the dry run, which must also pass between releases.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { packageProblems, releaseProblems } from './checks.ts'

const { values } = parseArgs({ options: { package: { type: 'boolean', default: false } } })
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const ask = (command: string, ...options: readonly string[]): string =>
  execFileSync(command, options, { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' })

/** Runs a step that checks itself. Returns its output if it fails. */
function rehearse(what: string, ...command: readonly [string, ...string[]]): readonly string[] {
  const [program, ...options] = command
  try {
    ask(program, ...options)
    console.log(`✓ ${what}`)
    return []
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string }
    return [`${what} failed:\n${stdout}${stderr}`]
  }
}

const { version } = JSON.parse(read('package.json')) as { readonly version: string }
const lock = JSON.parse(read('package-lock.json')) as { readonly version: string }

const problems = values.package
  ? []
  : [...rehearse('it builds', 'npm', 'run', 'build'), ...rehearse('its package is sound', 'npm', 'run', 'package:check')]

problems.push(...rehearse('npm would publish it', 'npm', 'publish', '--dry-run', '--ignore-scripts', '--offline'))

const [tarball] = JSON.parse(ask('npm', 'pack', '--dry-run', '--ignore-scripts', '--json')) as readonly [
  { readonly files: readonly { readonly path: string }[] },
]
problems.push(...packageProblems({ version, locked: lock.version, packed: tarball.files.map(({ path }) => path) }))

if (!values.package) {
  const changesets = readdirSync(new URL('../../.changeset', import.meta.url)).filter(
    (path) => path.endsWith('.md') && path !== 'README.md',
  )
  const [changelog, status, tags] = [read('CHANGELOG.md'), ask('git', 'status', '--porcelain'), ask('git', 'tag', '--list').split('\n')]
  problems.push(...releaseProblems({ version, changelog, changesets: changesets.map((path) => `.changeset/${path}`), status, tags }))
}

for (const sentence of problems) console.log(`✗ ${sentence}`)
if (problems.length === 0) console.log(`✓ ${values.package ? 'the package' : version} is ready`)
else process.exitCode = 1
