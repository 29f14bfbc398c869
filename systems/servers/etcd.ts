import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { decodeUnverified, generateSecret } from 'hs256'
import { http } from '../ask.ts'
import { debianVersion, freePort } from '../bench.ts'
import type { Kind, Recipe } from '../recipe.ts'

export const etcd: Recipe = {
  system: 'etcd',
  debian: ['etcd-server'],
  claims: '`username`, `revision`',
  secret: 'bytes of a file, its line end included',
  form: 'file',
  carried: '`Authorization`, without `Bearer`',
  start: async (bench) => {
    const startOne = async (keyFile: string, ttl = '30m') => {
      const [port, peer] = [await freePort(), await freePort()]
      const urls = { client: `http://127.0.0.1:${port}`, peer: `http://127.0.0.1:${peer}` }
      const file = bench.configure('etcd.yml', {
        '/etc/etcd/jwt.key': keyFile,
        'ttl=30m': `ttl=${ttl}`,
        'http://127.0.0.1:2379': urls.client,
        'http://127.0.0.1:2380': urls.peer,
        '/var/lib/etcd': join(bench.folder, `data-${port}`),
      })
      await bench.serve('etcd', port, { args: ['--config-file', file], user: bench.giveTo('etcd') })
      const post = async (path: string, body: object) => {
        const response = await fetch(`${urls.client}/v3/${path}`, { method: 'POST', body: JSON.stringify(body) })
        return (await response.json()) as { readonly token?: string }
      }
      const [name, password] = ['root', bench.secret]
      await post('auth/user/add', { name, password })
      await post('auth/role/add', { name })
      await post('auth/user/grant', { user: name, role: name })
      await post('auth/enable', {})
      return { url: `${urls.client}/v3/kv/range`, login: async () => (await post('auth/authenticate', { name, password })).token ?? '' }
    }
    const { url, login } = await startOne(bench.secretFile)
    process.env['ETCD_REVISION'] = String(decodeUnverified(await login()).claims['revision'])
    const issue = async (kind: Kind) => {
      if (kind === 'good') return login()
      const other = kind === 'forged' ? bench.write('other', generateSecret()) : bench.secretFile
      const token = await (await startOne(other, kind === 'expired' ? '1s' : undefined)).login()
      if (kind === 'expired') await sleep(2100)
      return token
    }
    return {
      version: debianVersion('etcd-server'),
      ask: http(url, { headers: (token) => ({ authorization: token }), body: JSON.stringify({ key: 'Zm9v' }) }),
      issue,
    }
  },
}
