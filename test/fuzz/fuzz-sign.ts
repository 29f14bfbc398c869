/** Signs claims with this library and with the reference, and counts what the reference says. */
import { createKey } from 'hs256'
import { signByTheBook, type Order, type Written } from '../reference/sign.ts'
import { verifyByTheBook } from '../reference/verify.ts'
import { orderOf } from './claims.ts'
import { SECRET } from './token.ts'

/** An engine, or a sabotaged one. */
export type Signer = (claims: object, key: ReturnType<typeof createKey>, options: object) => unknown

export interface SignReport {
  /** How many orders had each verdict of the reference. */
  readonly verdicts: Map<string, number>
  /** Where this library differs from the reference. Each has the seed of its claims. */
  readonly failures: string[]
}

const key = createKey(SECRET)

/** Signs this many claims, starting from a seed. */
export async function fuzzSign(engines: Readonly<Record<string, Signer>>, seed: number, times: number): Promise<SignReport> {
  const report: SignReport = { verdicts: new Map(), failures: [] }
  for (let i = 0; i < times; i++) {
    const order = orderOf(seed + i)
    const written = signByTheBook(order)
    const why = 'mistake' in written ? written.why : 'signed'
    report.verdicts.set(why, (report.verdicts.get(why) ?? 0) + 1)
    for (const [name, engine] of Object.entries(engines)) {
      const said = await answerOf(engine, order)
      if (said !== wordsOf(written)) report.failures.push(`seed ${seed + i}: ${name} says ${said}, the reference ${wordsOf(written)}`)
    }
  }
  return report
}

const wordsOf = (written: Written): string => ('mistake' in written ? written.mistake : `${written.header} ${written.payload}`)

/** Header and payload as they are written, if the reference reads the token, too; otherwise the name of the error. */
async function answerOf(engine: Signer, { claims, options, now }: Order): Promise<string> {
  try {
    const token = (await engine(claims as object, key, { now: () => new Date(now * 1000), ...options })) as string
    const read = verifyByTheBook(token, SECRET, { now, requireExp: false, audience: 'orders' })
    const isRead = 'header' in read || ['expired', 'early', 'mismatch', 'missing'].includes(read.reason ?? '')
    const [header, payload] = token.split('.').map((segment) => Buffer.from(segment, 'base64url').toString())
    return `${header} ${payload}${isRead ? '' : `, which is ${read.why}`}`
  } catch (error) {
    return (error as Error).name
  }
}
