/**
 * `npm run bench -- timing.ts`: whether the time of a comparison depends on how much of a MAC is right, on the Node that runs it, in the manner
 * of dudect (Reparaz, Balasch and Verbauwhede, 2017): a million calls of two classes in random order, and Welch's t over their times.
 * A |t| above 4.5 is taken as a difference. The controls stop at the first character that differs: there, it must be found.
 */
import { verifyMac } from '../src/hmac/node.ts'
import { createKey } from '../src/key.ts'
import { createMemory } from '../src/memory.ts'
import { quantile, welch } from './statistics.ts'
import { table } from './table.ts'
import { fresh, goodTokens, HEADER_TEXT, macOf, SECRET } from './tokens.ts'

const CALLS = process.argv.includes('--quick') ? 100_000 : 1_000_000
/** Calls whose arguments exist at the same time. */
const BATCH = 10_000
/** The share of calls that is kept: the slowest ones were interrupted. */
const KEPT = 0.9
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

type Call = (text: string) => unknown

const letter = (letters: string) => letters[Math.floor(Math.random() * letters.length)]!

/** A MAC of random letters, of which the first ones are those of another, and no more; the last one has a canonical spelling. */
function macLike(mac: string, shared: number): string {
  const letters = Array.from({ length: 43 }, (_, i) => {
    const other = letter(i === 42 ? 'AEIMQUYcgkosw048' : LETTERS)
    return i < shared ? mac[i]! : i > shared || other !== mac[i] ? other : mac[i] === 'A' ? 'E' : 'A'
  })
  return letters.join('')
}

/** Times calls of both classes, one by one, and returns Welch's t over all of them, and without the slowest. */
function compare(call: Call, fixed: () => string, random: () => string): string {
  const [times, isFixed] = [new Float64Array(CALLS), new Uint8Array(CALLS)]
  for (let done = -BATCH; done < CALLS; done += BATCH) {
    const classes = Array.from({ length: BATCH }, () => Math.random() < 0.5)
    const made = classes.map((is) => fresh(is ? fixed() : random()))
    const texts = made.map(fresh) // one beside the other, whatever it took to make them
    for (let i = 0; i < BATCH; i++) {
      const start = performance.now()
      call(texts[i]!)
      const time = performance.now() - start
      if (done < 0) continue // the first batch warms it up
      times[done + i] = time
      isFixed[done + i] = Number(classes[i]!)
    }
  }
  const limit = quantile(times, KEPT)
  const tOf = (most: number) =>
    welch(...([1, 0].map((one) => times.filter((time, i) => isFixed[i] === one && time <= most)) as [Float64Array, Float64Array]))
  return [tOf(Infinity), tOf(limit)].map((t) => t.toFixed(1)).join('; ')
}

const key = createKey(SECRET)
const header = Object.freeze({ alg: 'HS256', typ: 'JWT' })
const memory = createMemory(2 ** 24)
/** Many, because where the hash of a single MAC happens to lie would count as a difference. */
const stored = goodTokens(268, 4000).tokens.map((token) => {
  const [signingInput, mac] = [token.slice(0, -44), token.slice(-43)]
  memory.keep(token, { header, payload: '{"sub":"u1"}', signingInput, mac }, key)
  if (memory.find(fresh(token)) === undefined) throw new Error('the memory does not find a token')
  return mac
})
const [signingInput] = goodTokens(268, 1).tokens.map((token) => token.slice(0, -44))

/** A short input, so that the HMAC hides as little as possible. */
const short = `${HEADER_TEXT}.e30`
const right = macOf(short)
const compared: Call = (text) => verifyMac(key, short, text)
const found: Call = (text) => memory.find(text)
/** The same work, but for the end of the loop. */
const leaky: Call = (text) => {
  const expected = macOf(short)
  for (let i = 0; i < 43; i++) if (text.charCodeAt(i) !== expected.charCodeAt(i)) return false
  return true
}
/** As a look-up would be if it compared letters with those of a stored MAC. */
const leakyFind: Call = (text) => {
  for (let i = 1; i <= 43; i++) if (text.charCodeAt(text.length - 44 + i) !== stored[0]!.charCodeAt(i - 1)) return false
  return true
}

/** The others share as many letters with MACs that are neither right nor stored, so that there are as many different ones. */
const decoys = stored.map((mac) => macLike(mac, 0))
const some = (macs: readonly string[]) => macs[Math.floor(Math.random() * macs.length)]!
const withMac = (macs: readonly string[], shared: number) => () => `${signingInput}.${macLike(some(macs), shared)}`
const SHARED = [0, 21, 42]
const comparison = (call: Call, shared: number) =>
  compare(
    call,
    () => macLike(right, shared),
    () => macLike(decoys[0]!, shared),
  )
const lookUp = (call: Call, macs: readonly string[], shared: number) => compare(call, withMac(macs, shared), withMac(decoys, shared))

const rows = [
  ['createVerifierSync: its comparison', ...SHARED.map((shared) => comparison(compared, shared))],
  ['control: stops early', '', '', comparison(leaky, 42)],
  ['remember: its look-up', ...SHARED.map((shared) => lookUp(found, stored, shared))],
  ['control: stops early', '', '', lookUp(leakyFind, stored.slice(0, 1), 42)],
  [
    'createVerifierSync: one wrong MAC, and random ones',
    compare(
      compared,
      () => decoys[0]!,
      () => macLike(right, 0),
    ),
    '',
    '',
  ],
]

console.log(
  `Node ${process.versions.node}, ${CALLS.toLocaleString('en')} calls: Welch's t over all calls; over the fastest ${KEPT * 100} %`,
)
console.log(
  table([{ head: 'letters shared with the right MAC' }, ...SHARED.map((shared) => ({ head: String(shared), right: true }))], rows),
)
