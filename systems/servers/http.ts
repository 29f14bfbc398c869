/** Servers that take the token in a header of HTTP. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { decodeUnverified, generateSecret } from 'hs256'
import { bearer, http } from '../ask.ts'
import { debianVersion, freePort, type Bench } from '../bench.ts'
import { PROBES, type Kind, type Recipe } from '../recipe.ts'

const haproxy: Recipe = {
  system: 'HAProxy',
  debian: ['haproxy'],
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

/** An Apache with a module; the page has the lines that are not in Debian's own configuration. */
const apache = (recipe: Omit<Recipe, 'start'>, name: string, ...libraries: readonly string[]): Recipe => ({
  ...recipe,
  carried: '`Bearer`, case-insensitive',
  probes: PROBES,
  start: async (bench) => {
    const port = await freePort()
    const file = bench.configure(name)
    bench.write('www/orders', 'the orders')
    const modules = ['mpm_prefork', 'authn_core', 'authz_core', 'authz_user', ...libraries]
    const lines = [
      `ServerRoot /etc/apache2\nServerName localhost\nListen 127.0.0.1:${port}\nDefaultRuntimeDir ${bench.folder}`,
      `PidFile ${join(bench.folder, 'pid')}\nErrorLog ${join(bench.folder, 'log')}\nDocumentRoot ${join(bench.folder, 'www')}`,
      ...modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
    ]
    const config = bench.write('apache2.conf', `${lines.join('\n')}\nInclude ${file}\n`)
    await bench.serve('apache2', port, { args: ['-DFOREGROUND', '-f', config], user: bench.giveTo('www-data') })
    return { version: debianVersion(recipe.debian?.[0] ?? ''), ask: bearer(`http://127.0.0.1:${port}/orders`) }
  },
})

const modAuthOpenidc = apache(
  {
    system: 'Apache with mod_auth_openidc',
    debian: ['libapache2-mod-auth-openidc', 'apache2'],
    claims: '`sub`',
    secret: '`plain##`, `b64##`, `b64url##` or `hex##`',
    carried: '',
  },
  'openidc.conf',
  'auth_openidc',
)

const modOauth2 = apache(
  {
    system: 'Apache with mod_oauth2',
    debian: ['libapache2-mod-oauth2', 'apache2'],
    claims: '`sub`',
    secret: '`plain`, `base64`, `base64url`, `hex` or `jwk`',
    carried: '',
    ci: false,
  },
  'oauth2.conf',
  'oauth2',
)

const influxdb: Recipe = {
  system: 'InfluxDB',
  debian: ['influxdb'],
  claims: '`username`, `exp`',
  secret: 'text',
  carried: '`Bearer`, case-sensitive',
  probes: PROBES,
  start: async (bench) => {
    const [port, rpc] = [await freePort(), await freePort()]
    const file = bench.configure('influxdb.conf', {
      '127.0.0.1:8088': `127.0.0.1:${rpc}`,
      '127.0.0.1:8086': `127.0.0.1:${port}`,
      '/var/lib/influxdb': bench.folder,
    })
    await bench.serve('influxd', port, { args: ['-config', file], user: bench.giveTo('influxdb') })
    const url = `http://127.0.0.1:${port}/query?q=`
    const first = `CREATE USER admin WITH PASSWORD '${bench.secret}' WITH ALL PRIVILEGES`
    await fetch(`${url}${encodeURIComponent(first)}`, { method: 'POST' })
    return { version: debianVersion('influxdb'), ask: bearer(`${url}${encodeURIComponent('SHOW DATABASES')}`) }
  },
}

const etcd: Recipe = {
  system: 'etcd',
  debian: ['etcd-server'],
  claims: '`username`, `revision`',
  secret: 'bytes of a file, its line end included',
  form: 'file',
  carried: '`Authorization`, without `Bearer`',
  probes: PROBES,
  ci: false,
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

const njs: Recipe = {
  system: 'nginx with njs',
  debian: ['libnginx-mod-http-js', 'nginx'],
  claims: '`exp`, as written',
  secret: 'text, in the environment',
  carried: '`Bearer`, as written',
  probes: PROBES,
  ci: false,
  start: async (bench) => {
    const port = await freePort()
    bench.configure('jwt.js')
    bench.write('orders', 'the orders')
    const file = bench.configure('nginx.conf', {
      '127.0.0.1:8080': `127.0.0.1:${port}`,
      '/etc/nginx/jwt': bench.folder,
      '/var/www': bench.folder,
    })
    await serveNginx(bench, port, file)
    return { version: debianVersion('libnginx-mod-http-js'), ask: bearer(`http://127.0.0.1:${port}/orders`) }
  },
}

async function serveNginx(bench: Bench, port: number, file: string): Promise<void> {
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${join(bench.folder, name)};`)
  const lines = [
    `pid ${join(bench.folder, 'pid')};`,
    'daemon off;',
    'error_log stderr;',
    'events {}',
    `http { ${paths.join(' ')} access_log off;`,
  ]
  const config = bench.write(
    'main.conf',
    `load_module modules/ngx_http_js_module.so;\nenv JWT_SECRET;\n${lines.join('\n')}\ninclude ${file};\n}\n`,
  )
  await bench.serve('nginx', port, { args: ['-c', config], env: { JWT_SECRET: bench.secret }, user: bench.giveTo('www-data') })
}

export const HTTP: readonly Recipe[] = [haproxy, modAuthOpenidc, influxdb, etcd, njs, modOauth2]
