/** `npm run corpus`: runs the RFC cases of the hostile corpus against the peers, and writes docs/corpus.md; with `--check`, compares it instead. */
import { readFileSync, writeFileSync } from 'node:fs'
import type { Case, TokenCase } from '../test/corpus/case.ts'
import { CASES } from '../test/corpus/cases.ts'
import { forge, NOW, SECRET } from '../test/corpus/forge.ts'
import { PEERS, type Expected, type Peer } from './corpus-peers.ts'
import { table } from './table.ts'

const PAGE = new URL('../docs/corpus.md', import.meta.url)

const RFC = CASES.filter(({ kind }) => kind === 'rfc')

/** The clock of the process, because not every peer has an option for it. */
let time = NOW * 1000
const SystemDate = Date
globalThis.Date = class extends SystemDate {
  constructor(...given: readonly []) {
    super(...((given.length === 0 ? [time] : given) as readonly []))
  }
  static override now = () => time
} as DateConstructor

/** Whether a peer's verdict on a case is right; `undefined` if it lacks an option for the case. */
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

/** The one secret of a case: peers do not support lists of keys, and each looks up keys differently. */
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

/** Counts the right verdicts of a peer. Only the total is kept. */
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

const page = `# The hostile corpus and other libraries

The corpus in [test/corpus](../test/corpus) has ${CASES.length} cases: tokens, secrets, keys, options, claims to sign, requests and cookies, each with
its verdict and its reference. ${RFC.length} of them are _rfc_, a MUST or SHOULD. The others are _policy_: they test stricter rules of ours, and do not apply to
other libraries. Of the _rfc_ cases, ${own!.asked} are about tokens, secrets and claims to sign, so they apply to other libraries, too.

\`npm run corpus\` writes this page, with the versions in [bench/package.json](../bench/package.json). We wrote the corpus, so it contains only what
we thought of: a library that gets every case right may still have bugs.

## Right verdicts

${scores}

A library is tested only on the cases that it has an option for, so the totals differ. A wrong verdict is not necessarily a hole: some rules can be left
to the application, and rejecting a good token counts as wrong, too.
`

if (!process.argv.includes('--check')) writeFileSync(PAGE, page)
else if (readFileSync(PAGE, 'utf8') !== page) throw new Error('docs/corpus.md is outdated: run npm run corpus')
console.log(scores)
if (own!.right !== own!.asked) throw new Error('hs256 has a wrong verdict')
