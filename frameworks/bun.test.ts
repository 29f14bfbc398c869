/** The table of requests through the adapters for Elysia and Fetch on Bun, which starts from a file of its own. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { bearer, good, TABLE } from '../test/support/requests.ts'
import { sendTo } from '../test/support/wire.ts'

const bun = spawn(join(import.meta.dirname, 'node_modules/.bin/bun'), [join(import.meta.dirname, 'bun.ts')], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const [line = '[]'] = (await bun.stdout.setEncoding('utf8').take(1).toArray()) as string[]
const SERVERS = JSON.parse(line) as readonly (readonly [guard: string, server: string, url: string])[]
afterAll(() => bun.kill())

describe.each(SERVERS)('%s on %s', (guard, _server, url) => {
  it.each((TABLE[guard] ?? []).map((row) => [row[0], row] as const))(
    'answers to %s',
    async (_request, [, headers, answer, method = 'GET']) => {
      const body = answer.status === 200 ? `7 ${answer.body === 'nobody' ? undefined : answer.body}` : answer.body
      expect(await sendTo(url, method, headers)).toEqual({ ...answer, body })
    },
  )

  it.each(guard.includes('store') ? [500] : [])('answers with %i if the store fails', async (status) => {
    expect(await sendTo(url, 'GET', bearer(good))).toMatchObject({ status })
  })
})
