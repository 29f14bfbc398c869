/** docs/internals/testing.md tells how much is tested; here its numbers are counted again. */
import { expect, it } from 'vitest'
import { ATTACKS } from './corpus/attacks.ts'
import { CASES } from './corpus/cases.ts'
import { PEERS } from './fuzz/peers.ts'
import { filesOf, read } from './support/docs-pages.ts'

const PAGE = read('docs/internals/testing.md')
const CI = read('.ci/run')
const PROPERTIES = filesOf('test/properties', '.test.ts').map(read).join('')
const count = (text: string, found: RegExp): number => [...text.matchAll(found)].length

const attacks = Object.keys(ATTACKS).length
const byRfc = CASES.filter(({ kind }) => kind === 'rfc').length
const [, runs] = /FC_RUNS=(\d+)/.exec(CI) ?? []
const [, tokens] = /npm run fuzz -- (\d+)/.exec(CI) ?? []
const [, implementations, languages] = /^(\d+) implementations in (\d+) languages/m.exec(read('docs/internals/interop.md')) ?? []
const [, requests] = /npm run load +# (\d+ \d+) requests/.exec(read('load/README.md')) ?? []
const { thresholds } = JSON.parse(read('tools/mutation/stryker.config.json')) as { readonly thresholds: { readonly break: number } }

it.each([
  `${CASES.length} cases of ${attacks} attacks: ${byRfc} by an RFC, ${CASES.length - byRfc} by policy`,
  `The ${attacks} attacks are listed`,
  `${count(read('test/corpus-sabotage.test.ts'), /^  '[^']+': \[/gm)} changes of one line`,
  `| ${count(read('bench/corpus-peers.ts'), /^    name: /gm) - 1}, by the RFC alone`,
  `${count(PROPERTIES, /\bproperty\(\s*'|fc\.assert\(/g)}, of ${runs} runs each`,
  `FC_RUNS=${runs} npx vitest run --project node test/properties\n`,
  `held ${runs} times`,
  `${implementations} implementations in ${languages} languages, both ways`,
  `${requests?.replace(' ', '')} requests, through a rotation`,
  `| at least ${thresholds.break} % killed;`,
  `${tokens} tokens, against a reference and ${Object.keys(PEERS).length} libraries`,
])('docs/internals/testing.md says: %s', (fact) => {
  expect(PAGE).toContain(fact)
})

it('docs/internals/testing.md says 100 %, and Vitest demands it', () => {
  expect(PAGE).toContain('| 100 %, without exceptions')
  expect(read('vitest.config.ts')).toContain('thresholds: { 100: true }')
})
