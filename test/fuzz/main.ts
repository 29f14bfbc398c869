/** `npm run fuzz`: runs a million tokens, or the number in its argument, from a seed that it prints. `--seed 5` runs the same tokens again. */
import { verify } from 'hs256'
import { verifySync } from 'hs256/sync'
import { parseArgs } from 'node:util'
import { fuzz, type Engine } from './fuzz.ts'

const { values, positionals } = parseArgs({ options: { seed: { type: 'string' } }, allowPositionals: true })
const tokens = Number(positionals[0] ?? 1_000_000)
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
if (!(tokens > 0 && seed >= 0)) throw new RangeError('npm run fuzz -- [tokens] [--seed number]')

console.log(`${tokens} tokens, seed ${seed}: npm run fuzz -- ${tokens} --seed ${seed}`)
const { verdicts, lenient, failures } = await fuzz({ verify: verify as Engine, verifySync: verifySync as Engine }, seed, tokens)

for (const [title, counts] of [
  ['the reference', verdicts],
  ['refused by the reference, and accepted by', lenient],
] as const) {
  // prettier-ignore
  console.log(`\n${title}`)
  for (const [name, times] of [...counts].sort(([, a], [, b]) => b - a)) console.log(`${String(times).padStart(9)}  ${name}`)
}
console.log(`\n${failures.length} failures`)
for (const failure of failures.slice(0, 100)) console.log(failure)
if (failures.length > 0) process.exitCode = 1
