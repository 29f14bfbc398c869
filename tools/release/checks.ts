/** The checks before a release, as functions of the facts. Each returns what is wrong, in a sentence, or nothing. */

/** The facts about the repository. */
export interface Found {
  /** The version in package.json. */
  readonly version: string
  /** The version in package-lock.json. */
  readonly locked: string
  readonly changelog: string
  /** Changesets that are not part of a version yet. */
  readonly changesets: readonly string[]
  /** What differs from the last commit, as `git status` prints it. */
  readonly status: string
  readonly tags: readonly string[]
  /** The paths in the tarball. */
  readonly packed: readonly string[]
}

/** What a tarball may contain: the built entry points, and what npm shows. */
const PACKED =
  /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|(?:http|sync|adapters\/[\w-]+)\/package\.json|dist\/(?:adapters\/)?[\w-]+\.(?:js|cjs|d\.ts|d\.cts|js\.map|cjs\.map))$/

/** What it must contain. */
const NEEDED = ['index', 'sync', 'http']
  .flatMap((door) => ['js', 'cjs', 'd.ts', 'd.cts'].map((ending) => `dist/${door}.${ending}`))
  .concat('package.json', 'http/package.json', 'sync/package.json', 'README.md', 'LICENSE', 'CHANGELOG.md')

/** What is wrong with the package, released or not. */
export function packageProblems({ version, locked, packed }: Pick<Found, 'version' | 'locked' | 'packed'>): readonly string[] {
  return [
    ...problem(version === locked, `package-lock.json has version ${locked}, package.json ${version}: run npm install --package-lock-only`),
    ...packed.filter((path) => !PACKED.test(path)).map((path) => `the tarball holds ${path}, which is nobody's business`),
    ...NEEDED.filter((path) => !packed.includes(path)).map((path) => `the tarball lacks ${path}`),
  ]
}

/** What prevents a release. */
export function releaseProblems({ version, changelog, changesets, status, tags }: Omit<Found, 'locked' | 'packed'>): readonly string[] {
  const [, entry = ''] = changelog.split(`\n## ${version}\n`)
  const [news = ''] = entry.split('\n## ')
  return [
    ...problem(/^[1-9]\d*\.\d+\.\d+$/.test(version), `${version} is no version to release`),
    ...problem(/^- \S/m.test(news), `CHANGELOG.md says nothing about ${version}: run npm run release:version`),
    ...changesets.map((path) => `${path} is in no version yet: run npm run release:version`),
    ...problem(status.trim() === '', `there is what no commit has:\n${status.trimEnd()}`),
    ...problem(!tags.includes(`v${version}`), `the tag v${version} is there already: ${version} was released`),
  ]
}

function problem(isWell: boolean, sentence: string): readonly string[] {
  return isWell ? [] : [sentence]
}
