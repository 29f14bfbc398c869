/** Runs the RFC cases of the hostile corpus against the compared libraries, and counts how many verdicts each gets right. */
import type { Case } from '../test/corpus/case.ts'
import { CASES } from '../test/corpus/cases.ts'
import { forge, NOW, SECRET } from '../test/corpus/forge.ts'
import { PEERS, type Expected, type Peer } from './corpus-peers.ts'

/** The clock of the process during a question, because not every peer has an option for it. */
let time = NOW * 1000
const SystemDate = Date
const CorpusDate = class extends SystemDate {
  constructor(...given: readonly []) {
    super(...((given.length === 0 ? [time] : given) as readonly []))
  }
  static override now = (): number => time
} as DateConstructor

const isSecret = (secret: unknown, { lacks = [] }: Peer): secret is never =>
  typeof secret === 'string' || (!lacks.includes('bytes') && secret instanceof Uint8Array)

/** A case as a question to a peer; `undefined` if the peer lacks an option for it, or if it is about something else. */
async function questionFor(peer: Peer, one: Case): Promise<(() => unknown) | undefined> {
  time = NOW * 1000
  if (one.door === 'claims') return () => peer.sign(one.claims() as never, SECRET)
  if (one.door === 'secret') {
    const secret = await one.secret()
    const token = isSecret(secret, peer) ? await forge({ secret }) : undefined
    return token === undefined ? undefined : () => peer.verify(token as string, secret as never, {})
  }
  if (one.door !== 'token') return undefined
  const { now, ...expected } = (one.options ?? {}) as Expected & { readonly now?: () => Date }
  const secret = one.keys ? one.keys((given) => given) : SECRET // peers do not support lists of keys, and each looks up keys differently
  if (!isSecret(secret, peer) || peer.lacks?.some((name) => expected[name as keyof Expected] !== undefined)) return undefined
  const token = typeof one.token === 'function' ? one.token() : await forge(one.token)
  time = (now?.() ?? new SystemDate(NOW * 1000)).getTime()
  return () => peer.verify(token as string, secret, expected)
}

/** The right verdicts of each library, such as `800 of 800`. @throws {Error} if hs256 has a wrong one */
export async function verdicts(): Promise<ReadonlyMap<string, string>> {
  const totals = new Map<string, string>()
  globalThis.Date = CorpusDate
  for (const peer of PEERS) {
    let [asked, right] = [0, 0]
    for (const one of CASES.filter(({ kind }) => kind === 'rfc')) {
      const question = await questionFor(peer, one)
      if (question === undefined) continue
      const accepted = await (async () => question())().then(() => true, () => false) // prettier-ignore
      asked++
      if (accepted === (one.verdict === 'accepted')) right++
      else if (peer.name === 'hs256') throw new Error(`hs256 has a wrong verdict: ${one.name}`)
    }
    totals.set(peer.name, `${right} of ${asked}`)
  }
  globalThis.Date = SystemDate
  return totals
}
