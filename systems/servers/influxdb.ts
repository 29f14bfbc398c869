import { join } from 'node:path'
import { bearer } from '../ask.ts'
import { debianVersion, freePort } from '../bench.ts'
import { PROBES, type Recipe } from '../recipe.ts'

export const influxdb: Recipe = {
  system: 'InfluxDB',
  claims: '`username`, `exp`',
  secret: 'text',
  carried: '`Bearer`, case-sensitive',
  probes: PROBES,
  start: async (bench) => {
    const [port, rpc] = [await freePort(), await freePort()]
    const folders = ['data', 'meta', 'wal'].map((name) => [`"/var/lib/influxdb/${name}"`, `"${join(bench.folder, name)}"`])
    const file = bench.configure('influxdb.conf', {
      '127.0.0.1:8088': `127.0.0.1:${rpc}`,
      '127.0.0.1:8086': `127.0.0.1:${port}`,
      ...Object.fromEntries(folders),
    })
    await bench.serve('influxd', port, { args: ['-config', file], user: bench.giveTo('influxdb') })
    const url = `http://127.0.0.1:${port}/query?q=`
    const first = `CREATE USER admin WITH PASSWORD '${bench.secret}' WITH ALL PRIVILEGES`
    await fetch(`${url}${encodeURIComponent(first)}`, { method: 'POST' })
    return { version: debianVersion('influxdb'), ask: bearer(`${url}${encodeURIComponent('SHOW DATABASES')}`) }
  },
}
