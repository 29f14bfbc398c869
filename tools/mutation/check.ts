/**
 * Judges the last run of `npm run mutate`: prints every mutant that survived and is not listed in equivalents.json, as an entry to be
 * killed or argued. Exits with 1 where one of them is in a room that must have none, where an entry of the list is no longer so, and, after
 * a run of all, where docs/testing.md tells a higher score.
 */
import { existsSync, readFileSync } from 'node:fs'
import { judge, scoreOf, type Equivalent, type Report } from './verdict.ts'

/** Where every mutant is killed, or listed with the reason why it cannot be: what decides whether a token is read and believed. */
const STRICT = ['src/encoding/', 'src/jws/', 'src/keys/', 'src/jwt/claims.ts', 'src/jwt/rules.ts']

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const equivalents = read(new URL('equivalents.json', import.meta.url).pathname) as readonly Equivalent[]
const report = read('.cache/mutation/report.json') as Report

const { survivors, stale } = judge(report, equivalents)
const gone = equivalents.filter(({ file }) => !existsSync(file))
const unargued = equivalents.filter(({ reason }) => reason.trim() === '')
const strict = survivors.filter(({ file }) => STRICT.some((path) => file.startsWith(path)))

tell(
  'survivors, where there may be some',
  survivors.filter((survivor) => !strict.includes(survivor)),
)
tell('survivors, where there may be none', strict)
tell('entries of equivalents.json that are no longer so', [...stale, ...gone])
tell('entries of equivalents.json without a reason', unargued)
console.log(`${Object.keys(report.files).length} files, ${survivors.length} survivors, ${equivalents.length} listed as equivalent`)
const [, told] = /(\d+) % killed/.exec(readFileSync('docs/testing.md', 'utf8')) ?? []
const isWhole = report.config.mutate.join() === 'src/**/*.ts'
const isTold = !isWhole || scoreOf(report) >= Number(told)
if (!isTold) console.log(`docs/testing.md says ${told} % killed, and it is ${scoreOf(report)} %`)
process.exitCode = isTold && strict.length + stale.length + gone.length + unargued.length === 0 ? 0 : 1

function tell(what: string, list: readonly object[]): void {
  if (list.length > 0) console.log(`${list.length} ${what}:\n${JSON.stringify(list, null, 2)}\n`)
}
