/**
 * Checks the last run of `npm run mutate`: prints every mutant that survived and is not listed in equivalents.json, as an entry to complete
 * or a mutant to kill. Exits with 1 if one of them is in a strict file, if an entry of the list is outdated, and, after a run over all
 * files, if docs/internals/testing.md claims a higher score.
 */
import { existsSync, readFileSync } from 'node:fs'
import { judge, scoreOf, type Equivalent, type Report } from './verdict.ts'

/** The files in which every mutant is killed, or listed with a reason: they decide whether a token is accepted. */
const STRICT = ['utf8', 'base64url', 'json', 'secret', 'key', 'jws', 'claims', 'expectations', 'rules'].map((name) => `src/${name}.ts`)

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const equivalents = read(new URL('equivalents.json', import.meta.url).pathname) as readonly Equivalent[]
const report = read('.cache/mutation/report.json') as Report

const { survivors, stale } = judge(report, equivalents)
const gone = equivalents.filter(({ file }) => !existsSync(file))
const unargued = equivalents.filter(({ reason }) => reason.trim() === '')
const strict = survivors.filter(({ file }) => STRICT.includes(file))

tell(
  'survivors',
  survivors.filter((survivor) => !strict.includes(survivor)),
)
tell('survivors in strict files', strict)
tell('outdated entries of equivalents.json', [...stale, ...gone])
tell('entries of equivalents.json without a reason', unargued)
console.log(`${Object.keys(report.files).length} files, ${survivors.length} survivors, ${equivalents.length} listed as equivalent`)
const [, told] = /(\d+) % killed/.exec(readFileSync('docs/internals/testing.md', 'utf8')) ?? []
const isWhole = report.config.mutate.join() === 'src/**/*.ts'
const isTold = !isWhole || scoreOf(report) >= Number(told)
if (!isTold) console.log(`docs/internals/testing.md says ${told} % killed, but the score is ${scoreOf(report)} %`)
process.exitCode = isTold && strict.length + stale.length + gone.length + unargued.length === 0 ? 0 : 1

function tell(what: string, list: readonly object[]): void {
  if (list.length > 0) console.log(`${list.length} ${what}:\n${JSON.stringify(list, null, 2)}\n`)
}
