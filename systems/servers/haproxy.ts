import { debianVersion, freePort } from '../bench.ts'
import { bearer } from '../ask.ts'
import { PROBES, type Recipe } from '../recipe.ts'

export const haproxy: Recipe = {
  system: 'HAProxy',
  claims: '`exp`, as configured',
  secret: 'text',
  carried: '`Bearer`, case-insensitive',
  probes: PROBES,
  start: async (bench) => {
    const port = await freePort()
    const file = bench.configure('haproxy.cfg', { '127.0.0.1:8080': `127.0.0.1:${port}` })
    await bench.serve('haproxy', port, { args: ['-db', '-f', file], env: { JWT_SECRET: bench.secret }, user: 'haproxy' })
    return { version: debianVersion('haproxy'), ask: bearer(`http://127.0.0.1:${port}/`) }
  },
}
