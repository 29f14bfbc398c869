/**
 * `npm run fuzz`: verifies a million tokens, and signs as many claims, or the number in its argument, from a seed that it prints. `--seed 5`
 * runs the same ones again.
 */
import { sign, verify } from 'hs256'
import { signSync, verifySync } from 'hs256/sync'
import { parseArgs } from 'node:util'
import { fuzz, fuzzSign, type Engine, type Signer } from './fuzz.ts'

const { values, positionals } = parseArgs({ options: { seed: { type: 'string' } }, allowPositionals: true })
const numRuns = Number(positionals[0] ?? 1_000_000)
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
if (!(numRuns > 0 && seed >= 0)) throw new RangeError('npm run fuzz -- [tokens] [--seed number]')

console.log(`${numRuns} tokens, seed ${seed}: npm run fuzz -- ${numRuns} --seed ${seed}`)
const verified = await fuzz({ verify: verify as Engine, verifySync: verifySync as Engine }, { seed, numRuns })
const signed = await fuzzSign({ sign: sign as Signer, signSync: signSync as Signer }, { seed, numRuns })

for (const [title, counts] of Object.entries({
  'the reference': verified.verdicts,
  'refused by the reference, and accepted by': verified.lenient,
  'the reference, of claims to sign': signed.verdicts,
})) {
  console.log(`\n${title}`)
  for (const [name, times] of [...counts].sort(([, a], [, b]) => b - a)) console.log(`${String(times).padStart(9)}  ${name}`)
}
const failures = [verified.failure, signed.failure].filter((failure) => failure !== undefined)
console.log(['', `${failures.length} failures`, ...failures].join('\n'))
if (failures.length > 0) process.exitCode = 1
