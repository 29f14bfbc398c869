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
    renew()
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
const [signingInput] = goodTokens(268, 1).tokens.map((token) => token.slice(0, -44))
let memory = createMemory(2 ** 22)!
let stored: readonly string[] = []
let decoys: readonly string[] = []
let users = 0

/** Makes a memory of other tokens, and decoys: where the hash of a MAC happens to lie must not count as a difference. */
function renew(): void {
  memory = createMemory(2 ** 22)!
  stored = goodTokens(268, 500, (users += 500)).tokens.map((token) => {
    const [signed, mac] = [token.slice(0, -44), token.slice(-43)]
    memory.keep(token, { header, payload: '{"sub":"u1"}', signingInput: signed, mac }, key, undefined)
    if (memory.find(fresh(token)) === undefined) throw new Error('the memory does not find a token')
    return mac
  })
  decoys = stored.map((mac) => macLike(mac, 0))
}

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
/** As a look-up would be if it compared letters with those of a stored MAC, here the one with most of them. */
const leakyFind: Call = (text) => {
  const asked = text.slice(-43)
  return memory.find(text) ?? stored.some((mac) => mac.startsWith(asked.slice(0, 42)))
}

/** The others share as many letters with MACs that are neither right nor stored, so that there are as many different ones. */
const some = (macs: readonly string[]) => macs[Math.floor(Math.random() * macs.length)]!
const withMac = (macs: () => readonly string[], shared: number) => () => `${signingInput}.${macLike(some(macs()), shared)}`
const SHARED = [0, 21, 42]
const comparison = (call: Call, shared: number) =>
  compare(
    call,
    () => macLike(right, shared),
    () => macLike(wrong, shared),
  )
const lookUp = (call: Call, shared: number) =>
  compare(
    call,
    withMac(() => stored, shared),
    withMac(() => decoys, shared),
  )
const wrong = macLike(right, 0)

const rows = [
  ['createVerifierSync: its comparison', ...SHARED.map((shared) => comparison(compared, shared))],
  ['control: stops early', '', '', comparison(leaky, 42)],
  ['remember: its look-up', ...SHARED.map((shared) => lookUp(found, shared))],
  ['control: stops early', '', '', lookUp(leakyFind, 42)],
  [
    'createVerifierSync: one wrong MAC, and random ones',
    compare(
      compared,
      () => wrong,
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
