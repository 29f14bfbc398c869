/**
 * Exits with 1 if the public API differs from the last release (the newest tag `v*`), and neither a changeset nor an entry in CHANGELOG.md
 * for the next version tells users about it. Before the first release, all of it is new.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const ROOT = join(import.meta.dirname, '..', '..')

/** The answer of git, or nothing if git fails. */
function git(...args: readonly string[]): string {
  try {
    return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return ''
  }
}

/** What may tell users about a change: the files of .changeset, and whether CHANGELOG.md has an entry for a version without a tag. */
interface Told {
  readonly changesets: readonly string[]
  readonly isPrepared: boolean
}

/** Whether the API changed without a word to users. */
export function isUntold(released: string, current: string, { changesets, isPrepared }: Told): boolean {
  return released !== current && !isPrepared && !changesets.some((file) => file.endsWith('.md') && file !== 'README.md')
}

/** Whether the version of package.json has an entry in CHANGELOG.md, and no tag. */
function hasEntryToRelease(): boolean {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string }
  const isWritten = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8').includes(`\n## ${version}\n`)
  return isWritten && git('tag', '--list', `v${version}`) === ''
}

function main(): void {
  const release = git('describe', '--tags', '--abbrev=0', '--match', 'v*').trim()
  const released = release === '' ? '' : git('show', `${release}:docs/api.txt`)
  const current = readFileSync(join(ROOT, 'docs', 'api.txt'), 'utf8')
  const since = release === '' ? 'there is no release yet' : `the last release is ${release}`
  const told = { changesets: readdirSync(join(ROOT, '.changeset')), isPrepared: hasEntryToRelease() }
  if (isUntold(released, current, told)) {
    console.error(`docs/api.txt has changed (${since}): tell users with npx changeset`)
    process.exitCode = 1
  } else console.log(`${since}: ${released === current ? 'the API is the same' : 'users are told about the change'}`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main()
