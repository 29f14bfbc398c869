/**
 * Writes the public API of each entry point of the built package to docs/internals/api, by API Extractor. With `--check`, it compares the reports
 * instead, and exits with 1 if one is outdated, if one is left of an entry point that is gone, or if users are not told about a change since
 * the last release: that takes a changeset, or an entry in CHANGELOG.md for a version without a tag. Plain JavaScript, because its imports are
 * installed only in this folder.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { CompilerState, Extractor, ExtractorConfig } from '@microsoft/api-extractor'

const ROOT = join(import.meta.dirname, '..', '..')
const REPORTS = join('docs', 'internals', 'api')
const isCheck = process.argv.includes('--check')
const { exports, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

const doors = Object.values(exports).flatMap((target) => target.import?.types ?? [])
const nameOf = (door) => `${door.replace('./dist/', '').replace('.d.ts', '').replaceAll('/', '-')}.api.md`
// The adapters import `hs256` as users do, from node_modules: so its types are named in their reports, and not repeated.
const COPY = join(ROOT, '.cache', 'api', 'node_modules', 'hs256', 'dist')
rmSync(COPY, { recursive: true, force: true })
cpSync(join(ROOT, 'dist'), COPY, { recursive: true, filter: (path) => !/\.(?:c?js|map|cts)$/.test(path) })
const paths = { hs256: [join(COPY, 'index.d.ts')], 'hs256/http': [join(COPY, 'http.d.ts')] }

const silent = { default: { logLevel: 'none' } }
const configs = doors.map((door) =>
  ExtractorConfig.prepare({
    packageJsonFullPath: join(ROOT, 'package.json'),
    configObject: {
      projectFolder: ROOT,
      mainEntryPointFilePath: join(ROOT, door),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            module: 'NodeNext',
            target: 'ES2022',
            lib: ['ES2022', 'DOM'],
            types: ['node'],
            paths,
            skipLibCheck: true,
            strict: true,
          },
          files: doors.map((file) => join(ROOT, file)),
        },
      },
      apiReport: {
        enabled: true,
        includeForgottenExports: true,
        reportFileName: nameOf(door),
        reportFolder: join(ROOT, REPORTS),
        reportTempFolder: join(ROOT, '.cache', 'api'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: { compilerMessageReporting: silent, extractorMessageReporting: silent, tsdocMessageReporting: silent },
    },
  }),
)

mkdirSync(join(ROOT, REPORTS), { recursive: true })
const compilerState = CompilerState.create(configs[0], { additionalEntryPoints: doors.map((door) => join(ROOT, door)) })
const handle = (message) => (message.handled = !['error', 'warning'].includes(message.logLevel) || message.text.includes('API'))
const changed = configs.filter(
  (config) => Extractor.invoke(config, { compilerState, localBuild: !isCheck, messageCallback: handle }).apiReportChanged,
)
const gone = readdirSync(join(ROOT, REPORTS)).filter((file) => !doors.map(nameOf).includes(file))
if (!isCheck) gone.forEach((file) => rmSync(join(ROOT, REPORTS, file)))

/** The answer of git, or nothing if git fails. */
function git(...args) {
  try {
    return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return ''
  }
}

/** Whether users are told about everything that changed since the last release. Before the first release, all of it is new. */
function isTold() {
  const release = git('describe', '--tags', '--abbrev=0', '--match', 'v*')
  if (release !== '' && git('diff', '--name-only', release, '--', REPORTS) === '') return true
  const isPrepared =
    readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8').includes(`\n## ${version}\n`) && git('tag', '--list', `v${version}`) === ''
  return isPrepared || readdirSync(join(ROOT, '.changeset')).some((file) => file.endsWith('.md') && file !== 'README.md')
}

const reports = [...changed.map(({ reportFilePath }) => reportFilePath.slice(ROOT.length + 1)), ...gone.map((file) => join(REPORTS, file))]
const problems = [
  ...(isCheck ? reports.map((file) => `${file} is outdated: npm run docs writes it`) : []),
  ...(isTold() ? [] : ['the API has changed since the last release: tell users with npx changeset']),
]
for (const problem of problems) console.error(problem)
console.log(`${doors.length} entry points, ${reports.length} reports ${isCheck ? 'outdated' : 'written'}`)
if (isCheck && problems.length > 0) process.exitCode = 1
