/**
 * Exits 1 where the public surface is another than in the last release (the newest tag `v*`) and no changeset tells users of it. Before the
 * first release there is nothing to differ from but nothing at all, so a changeset is needed then too.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const ROOT = join(import.meta.dirname, '..', '..')

/** What git answers, or nothing where it has none. */
function git(...args: readonly string[]): string {
  try {
    return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return ''
  }
}

/** Whether a change of the surface goes without a changeset. */
export function isUntold(released: string, current: string, files: readonly string[]): boolean {
  return released !== current && !files.some((file) => file.endsWith('.md') && file !== 'README.md')
}

function main(): void {
  const release = git('describe', '--tags', '--abbrev=0', '--match', 'v*').trim()
  const released = release === '' ? '' : git('show', `${release}:docs/api.txt`)
  const current = readFileSync(join(ROOT, 'docs', 'api.txt'), 'utf8')
  const since = release === '' ? 'there is no release yet' : `the last release is ${release}`
  if (isUntold(released, current, readdirSync(join(ROOT, '.changeset')))) {
    console.error(`docs/api.txt has changed (${since}): tell users with npx changeset`)
    process.exitCode = 1
  } else console.log(`${since}: ${released === current ? 'the surface is the same' : 'a changeset tells of the change'}`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main()
