/** What `npm run corpus` runs: the RFC cases of the hostile corpus against the peers; writes docs/corpus.md, or `--check`s that it is true. */
import { readFileSync, writeFileSync } from 'node:fs'
import type { Case, TokenCase } from '../test/corpus/case.ts'
import { CASES, TOPICS } from '../test/corpus/cases.ts'
import { forge, NOW, SECRET } from '../test/corpus/forge.ts'
import { DEFENSIBLE } from './corpus-notes.ts'
import { PEERS, type Expected, type Peer } from './corpus-peers.ts'
import { table } from './table.ts'

const PAGE = new URL('../docs/corpus.md', import.meta.url)

/** The clock of the process: not every peer has an option for it. */
let time = NOW * 1000
const SystemDate = Date
globalThis.Date = class extends SystemDate {
  constructor(...given: readonly []) {
    super(...((given.length === 0 ? [time] : given) as readonly []))
  }
  static override now = () => time
} as DateConstructor

interface Answer {
  readonly one: Case
  readonly isRight: boolean
}

/** Asks a peer about a case; `undefined` where it has no words for the question. */
async function ask(peer: Peer, one: Case): Promise<Answer | undefined> {
  const question = await questionFor(peer, one)
  if (!question) return undefined
  try {
    await question()
    return { one, isRight: one.verdict === 'accepted' }
  } catch {
    return { one, isRight: one.verdict !== 'accepted' }
  }
}

async function questionFor(peer: Peer, one: Case): Promise<(() => unknown) | undefined> {
  time = NOW * 1000
  if (one.door === 'claims') return () => peer.sign(one.claims() as object, SECRET)
  if (one.door === 'secret') {
    const secret = await one.secret()
    if (!isSecret(secret, peer)) return undefined
    const token = (await forge({ secret })) as string
    return () => peer.verify(token, secret, {})
  }
  if (one.door !== 'token') return undefined
  const { now, ...expected } = (one.options ?? {}) as Expected & { readonly now?: () => Date }
  const secret = secretOf(one)
  if (peer.lacks.some((name) => expected[name] !== undefined) || !isSecret(secret, peer)) return undefined
  const token = typeof one.token === 'function' ? one.token() : await forge(one.token)
  time = (now?.() ?? new SystemDate(NOW * 1000)).getTime()
  return () => peer.verify(token as string, secret, expected)
}

/** The one secret of a case; peers know no list of keys, and each looks keys up in a way of its own. */
function secretOf({ keys }: TokenCase): unknown {
  return keys ? keys((secret) => secret) : SECRET
}

function isSecret(secret: unknown, { bytes }: Peer): secret is string | Uint8Array {
  return typeof secret === 'string' || (bytes && secret instanceof Uint8Array)
}

const groupOf = ({ name }: Case): string => name.slice(0, name.indexOf(': '))
const score = (answers: readonly (Answer | undefined)[]): string => {
  const asked = answers.filter((answer) => answer !== undefined)
  return asked.length === 0 ? '–' : `${asked.filter(({ isRight }) => isRight).length} of ${asked.length}`
}

const answers = new Map<Peer, Map<Case, Answer | undefined>>()
for (const peer of PEERS) {
  answers.set(peer, new Map())
  for (const one of CASES.filter(({ kind }) => kind === 'rfc')) answers.get(peer)?.set(one, await ask(peer, one))
}
const isAsked = (one: Case): boolean => answers.get(PEERS[0]!)?.get(one) !== undefined

const scored = Object.entries(TOPICS)
  .map(([topic, cases]) => [topic, cases.filter(isAsked)] as const)
  .filter(([, cases]) => cases.length > 0)
const allScored = scored.flatMap(([, cases]) => cases)
const scores = table(
  [{ head: 'topic' }, ...PEERS.map(({ name }) => ({ head: name, right: true }))],
  [
    ...scored,
    ['all', allScored] as const,
    ['all but the defensible', allScored.filter((one) => DEFENSIBLE[groupOf(one)] === undefined)] as const,
  ].map(([topic, cases]) => [topic, ...PEERS.map((peer) => score(cases.map((one) => answers.get(peer)?.get(one))))]),
)

const groups = [...new Set(allScored.map(groupOf))]
const misses = groups.flatMap((group) => {
  const wrong = PEERS.map(
    (peer) =>
      [...(answers.get(peer)?.values() ?? [])].filter((answer) => answer && !answer.isRight && groupOf(answer.one) === group).length,
  )
  return wrong.every((count) => count === 0)
    ? []
    : [[group, ...wrong.slice(1).map((count) => (count === 0 ? '' : `${count}`)), DEFENSIBLE[group] ?? '']]
})
const missed = table(
  [{ head: 'group of cases' }, ...PEERS.slice(1).map(({ name }) => ({ head: name, right: true })), { head: 'what speaks for them' }],
  misses,
)

const asked = allScored.length
const page = `# The hostile corpus, and how others meet it

The corpus in [test/corpus](../test/corpus) has ${CASES.length} cases: tokens, secrets, keys, options, claims to sign, requests and cookies, each with
its verdict and its reference. ${CASES.filter(({ kind }) => kind === 'rfc').length} of them are _rfc_, a MUST or SHOULD; the others are _policy_, ours and stricter, and nobody else is measured by
them. Of the former, ${asked} are about tokens, secrets and claims to sign, so that they can be put to others as well. A peer is asked what
it has an option for; who has none for an expected subject, say, is not asked about it.

This page is written by \`npm run corpus\`; its versions are those of [bench/package.json](../bench/package.json). The corpus is ours, so
that it asks what we thought of: who has all of it right has passed our test, not all tests.

## Right verdicts

${scores}

## Where they differ

The number of cases of a group that a peer answers in another way. Where its reading of the RFC can be defended, it says how; the last
row above is without such groups.

${missed}
`

if (!process.argv.includes('--check')) writeFileSync(PAGE, page)
else if (readFileSync(PAGE, 'utf8') !== page) throw new Error('docs/corpus.md is not what was measured: run npm run corpus')
console.log(scores)
if (scored.some(([, cases]) => cases.some((one) => answers.get(PEERS[0]!)?.get(one)?.isRight === false))) throw new Error('hs256 is wrong')
