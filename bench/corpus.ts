/** What `npm run corpus` runs: the RFC cases of the hostile corpus against the peers; writes docs/corpus.md, or `--check`s that it is true. */
import { readFileSync, writeFileSync } from 'node:fs'
import type { Case, TokenCase } from '../test/corpus/case.ts'
import { CASES } from '../test/corpus/cases.ts'
import { forge, NOW, SECRET } from '../test/corpus/forge.ts'
import { PEERS, type Expected, type Peer } from './corpus-peers.ts'
import { table } from './table.ts'

const PAGE = new URL('../docs/corpus.md', import.meta.url)

const RFC = CASES.filter(({ kind }) => kind === 'rfc')

/** The clock of the process: not every peer has an option for it. */
let time = NOW * 1000
const SystemDate = Date
globalThis.Date = class extends SystemDate {
  constructor(...given: readonly []) {
    super(...((given.length === 0 ? [time] : given) as readonly []))
  }
  static override now = () => time
} as DateConstructor

/** Whether a peer is right about a case; `undefined` if it has no option for the question. */
async function isRight(peer: Peer, one: Case): Promise<boolean | undefined> {
  const question = await questionFor(peer, one)
  if (!question) return undefined
  try {
    await question()
    return one.verdict === 'accepted'
  } catch {
    return one.verdict !== 'accepted'
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

interface Total {
  readonly name: string
  readonly right: number
  readonly asked: number
}

/** Counts the right verdicts of a peer. Only the total is kept, not which cases it gets wrong. */
async function totalOf(peer: Peer): Promise<Total> {
  const answers: boolean[] = []
  for (const one of RFC) {
    const answer = await isRight(peer, one)
    if (answer !== undefined) answers.push(answer)
  }
  return { name: peer.name, right: answers.filter(Boolean).length, asked: answers.length }
}

const totals: Total[] = []
for (const peer of PEERS) totals.push(await totalOf(peer))
const [own] = totals
const scores = table(
  [{ head: 'library' }, { head: 'right verdicts', right: true }],
  totals.map(({ name, right, asked }) => [name, `${right} of ${asked}`]),
)

const page = `# The hostile corpus, and how others meet it

The corpus in [test/corpus](../test/corpus) has ${CASES.length} cases: tokens, secrets, keys, options, claims to sign, requests and cookies, each with
its verdict and its reference. ${RFC.length} of them are _rfc_, a MUST or SHOULD; the others are _policy_, ours and stricter, and no other library is
measured by them. Of the former, ${own!.asked} are about tokens, secrets and claims to sign, so that they can be put to other libraries as well.

This page is written by \`npm run corpus\`; its versions are those of [bench/package.json](../bench/package.json). The corpus is ours and asks
only what we thought of: a library that gets all of it right has passed our test, not all tests.

## Right verdicts

${scores}

A library is asked only what it has an option for, so the totals are out of different numbers. A verdict that is not right need not be a hole:
some rules can be left to the application, and a good token that is refused counts as well.
`

if (!process.argv.includes('--check')) writeFileSync(PAGE, page)
else if (readFileSync(PAGE, 'utf8') !== page) throw new Error('docs/corpus.md is not what was measured: run npm run corpus')
console.log(scores)
if (own!.right !== own!.asked) throw new Error('hs256 is wrong')
