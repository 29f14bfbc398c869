/** What a revocation list weighs: `REDIS_URL=redis://127.0.0.1:6379 npx tsx --expose-gc examples/revocation/weigh.ts`. Its entries last two minutes. */
import { randomUUID } from 'node:crypto'
import { createClient } from '@redis/client'
import { createRevocations, MARGIN, type Revocations } from './memory.ts'
import { connectRevocations } from './redis.ts'

const LOGOUTS = 1000 // a second
const LIFE = 15 * 60 // seconds
const ENTRIES = LOGOUTS * (LIFE + MARGIN)
const BATCH = 1000

/** An id in one piece, as a parser makes it: `randomUUID` returns a string of many parts, which takes more memory. */
function newId(): string {
  return Buffer.from(randomUUID()).toString()
}

async function fill({ revoke }: Revocations): Promise<void> {
  const exp = Date.now() / 1000 + MARGIN
  for (let entries = 0; entries < ENTRIES; entries += BATCH) await Promise.all(Array.from({ length: BATCH }, () => revoke(newId(), exp)))
}

/** Measures memory in bytes before and after a list is filled, and prints the growth. */
async function weigh(name: string, list: Revocations, measure: () => number | Promise<number>): Promise<void> {
  const before = await measure()
  await fill(list)
  const bytes = (await measure()) - before
  console.log(`${name}: ${(bytes / 1e6).toFixed(0)} MB for ${ENTRIES} entries, ${Math.round(bytes / ENTRIES)} bytes each`)
}

const { REDIS_URL = 'redis://127.0.0.1:6379' } = process.env
const client = await createClient({ url: REDIS_URL }).connect()
const inRedis = await connectRevocations(REDIS_URL, { timeout: 60_000 })
await weigh('in Redis', inRedis, async () => Number(/used_memory:(\d+)/.exec(await client.info('memory'))?.[1]))
inRedis.close()
client.destroy()

await weigh('in the memory of a process', createRevocations(), () => {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
})
