/**
 * `npm run bench -- timing.ts`: whether the time of a comparison depends on how much of a MAC is right, on the Node that runs it, in the manner
 * of dudect (Reparaz, Balasch and Verbauwhede, 2017): a million calls of two classes in random order, and Welch's t over their times.
 * A |t| above 4.5 is taken as a difference. The controls stop at the first character that differs: if no difference is found there, it fails.
 */
import { mean, quantile, sampleVariance } from 'simple-statistics'
import { verifyMac } from '../src/hmac/node.ts'
import { createKey } from '../src/key.ts'
import { createMemory } from '../src/memory.ts'
import { table } from './table.ts'
import { fresh, goodTokens, HEADER, HEADER_TEXT, macOf, SECRET } from './tokens.ts'

const CALLS = process.argv.includes('--quick') ? 100_000 : 1_000_000
/** Calls whose arguments exist at the same time. */
const BATCH = 10_000
const SHARED = [0, 21, 42]
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

const some = <Of>(list: ArrayLike<Of>): Of => list[Math.floor(Math.random() * list.length)]!

/** A MAC of random letters, of which the first ones are those of another, and no more; the last one has a canonical spelling. */
function macLike(mac: string, shared: number): string {
  const letters = Array.from({ length: 43 }, (_, i) => {
    const other = some(i === 42 ? 'AEIMQUYcgkosw048' : LETTERS)
    return i < shared ? mac[i]! : i > shared || other !== mac[i] ? other : mac[i] === 'A' ? 'E' : 'A'
  })
  return letters.join('')
}

type Call = (text: string) => unknown
/** Texts of two classes. */
type Classes = readonly [fixed: () => string, random: () => string]
type Times = [fixed: number[], random: number[]]

/** Times calls of both classes, one by one, and returns Welch's t over all of them, and over all but the slowest, which were interrupted. */
function compare(call: Call, classes: Classes): readonly number[] {
  const times: Times = [[], []]
  for (let done = -BATCH; done < CALLS; done += BATCH) {
    renew()
    const which = Array.from({ length: BATCH }, () => (Math.random() < 0.5 ? 0 : 1))
    const made = which.map((one) => fresh(classes[one]()))
    const texts = made.map(fresh) // one beside the other, whatever it took to make them
    for (let i = 0; i < BATCH; i++) {
      const start = performance.now()
      call(texts[i]!)
      const time = performance.now() - start
      if (done >= 0) times[which[i]!]!.push(time) // the first batch warms it up
    }
  }
  const limit = quantile(times.flat(), 0.9)
  return [times, times.map((list) => list.filter((time) => time <= limit)) as Times].map(welch)
}

/** How many standard errors the means of two lists lie apart. */
const welch = ([one, other]: Times): number =>
  (mean(one) - mean(other)) / Math.sqrt(sampleVariance(one) / one.length + sampleVariance(other) / other.length)

const key = createKey(SECRET)
const [signingInput] = goodTokens(268, 1).tokens.map((token) => token.slice(0, -44))
let memory = createMemory(2 ** 22)!
let [stored, decoys]: (readonly string[])[] = [[], []]
let users = 0

/** Makes a memory of other tokens, and decoys: where the hash of a MAC happens to lie must not count as a difference. */
function renew(): void {
  memory = createMemory(2 ** 22)!
  stored = goodTokens(268, 500, (users += 500)).tokens.map((token) => {
    const [signed, mac] = [token.slice(0, -44), token.slice(-43)]
    const jws = { header: HEADER, payload: '{"sub":"u1"}', signingInput: signed, mac }
    for (let twice = 0; twice < 2; twice++) memory.keep(token, jws, key) // it is remembered from its second appearance on
    if (memory.find(fresh(token)) === undefined) throw new Error('the memory does not find a token')
    return mac
  })
  decoys = stored.map((mac) => macLike(mac, 0))
}

/** A short input, so that the HMAC hides as little as possible. */
const short = `${HEADER_TEXT}.e30`
const right = macOf(short)
const wrong = macLike(right, 0)
const compared: Call = (text) => verifyMac(key, short, text)
const found: Call = (text) => memory.find(text)
/** The same work, but for the end of the loop. */
const leaky: Call = (text) => {
  const expected = macOf(short)
  for (let i = 0; i < 43; i++) if (text.charCodeAt(i) !== expected.charCodeAt(i)) return false
  return true
}
/** As a look-up would be if it compared letters with those of a stored MAC, here the one with most of them. */
const leakyFind: Call = (text) => memory.find(text) ?? stored!.some((mac) => mac.startsWith(text.slice(-43, -1)))

/** The random class shares as many letters with MACs that are neither right nor stored, so that there are as many different ones. */
const macs = (shared: number): Classes => [() => macLike(right, shared), () => macLike(wrong, shared)]
const tokens = (shared: number): Classes => [() => tokenLike(stored!, shared), () => tokenLike(decoys!, shared)]
const tokenLike = (list: readonly string[], shared: number): string => `${signingInput}.${macLike(some(list), shared)}`

const controls = [compare(leaky, macs(42)), compare(leakyFind, tokens(42))]
const show = (pair: readonly number[]): string => pair.map((t) => t.toFixed(1)).join('; ')
const rows = [
  ['createVerifierSync: its comparison', ...SHARED.map((shared) => show(compare(compared, macs(shared))))],
  ['remember: its look-up', ...SHARED.map((shared) => show(compare(found, tokens(shared))))],
  ...controls.map((pair) => ['control: stops early', '', '', show(pair)]),
  ['createVerifierSync: one wrong MAC, and random ones', show(compare(compared, [() => wrong, () => macLike(right, 0)])), '', ''],
]
console.log(`Node ${process.versions.node}, ${CALLS.toLocaleString('en')} calls: Welch's t over all calls; over the fastest 90 %`)
console.log(
  table([{ head: 'letters shared with the right MAC' }, ...SHARED.map((shared) => ({ head: String(shared), right: true }))], rows),
)
if (controls.some((pair) => pair.every((t) => Math.abs(t) <= 4.5))) throw new Error('a comparison that stops early is not noticed')
