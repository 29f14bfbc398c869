/**
 * Does every step of a release except publishing. Without arguments, it checks the package as it is published, contacting no registry; `--final`
 * also checks that CHANGELOG.md has the version, and that there are no pending changesets, no uncommitted changes, and no tag for it yet.
 * `version` turns the changesets into the next version.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

function run(command: string): string {
  const { status, stdout } = spawnSync(command, { shell: true, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  if (status !== 0) throw new Error(`${command} failed:\n${stdout}`)
  return stdout
}

const bin = 'tools/checkers/node_modules/.bin'
if (process.argv.includes('version')) {
  run('npx changeset version && npm install --package-lock-only --no-audit --no-fund')
  process.exit()
}

for (const command of [
  `${bin}/publint --strict`,
  `${bin}/attw --pack .`,
  `${bin}/knip`,
  'npm publish --dry-run --ignore-scripts --offline',
]) {
  run(command)
  console.log(`✓ ${command}`)
}

if (process.argv.includes('--final')) {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }
  const [, news = ''] = readFileSync('CHANGELOG.md', 'utf8').split(`\n## ${version}\n`)
  const changesets = readdirSync('.changeset').filter((file) => file.endsWith('.md') && file !== 'README.md')
  const problems = [
    ...(/^[1-9]\d*\.\d+\.\d+$/.test(version) ? [] : [`${version} is not a version to release`]),
    ...(/^\s*(?:###.*\s+)?- \S/.test(news) ? [] : [`CHANGELOG.md has no entry for ${version}: npm run release -- version writes it`]),
    ...changesets.map((file) => `.changeset/${file} is not in a version yet: npm run release -- version`),
    ...(run('git status --porcelain') === '' ? [] : ['the working tree has changes that no commit has']),
    ...(run(`git tag --list v${version}`) === '' ? [] : [`the tag v${version} exists: ${version} was released`]),
  ]
  for (const problem of problems) console.error(`✗ ${problem}`)
  if (problems.length > 0) process.exitCode = 1
}
