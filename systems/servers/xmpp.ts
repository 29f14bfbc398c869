/** Servers of XMPP. */
import { join } from 'node:path'
import { converse, http } from '../ask.ts'
import { debianVersion, freePort } from '../bench.ts'
import { PROBES, type Recipe } from '../recipe.ts'

const ejabberd: Recipe = {
  system: 'ejabberd',
  debian: ['ejabberd'],
  claims: '`jid` or `jwt_jid_field`, `exp`',
  secret: 'base64url, in a JWK file',
  form: 'base64url',
  carried: 'as the password of SASL PLAIN',
  probes: PROBES,
  ci: false,
  start: async (bench) => {
    const port = await freePort()
    const jwk = bench.configure('jwt.jwk')
    const config = bench.configure('ejabberd.yml', { '/etc/ejabberd/jwt.jwk': jwk, 'port: 5222': `port: ${port}` })
    const env = {
      EJABBERD_CONFIG_PATH: config,
      EJABBERD_LOG_PATH: join(bench.folder, 'log'),
      ERL_LIBS: '/usr/lib/x86_64-linux-gnu',
      HOME: bench.folder,
    }
    const args = ['-noinput', '-mnesia', 'dir', `"${join(bench.folder, 'mnesia')}"`, '-s', 'ejabberd']
    await bench.serve('erl', port, { args, env, user: bench.giveTo('ejabberd') })
    const ask = async (token: string) => {
      const auth = `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${btoa(`\0u1\0${token}`)}</auth>`
      const open = "<stream:stream to='localhost' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"
      const said = await converse(port, [[/<\/stream:features>/, auth], [/<success|<failure.*?><[\w-]+|<stream:error.*?><[\w-]+/]], open)
      return { accepted: said === '<success', text: `\`${/[\w-]+$/.exec(said)?.[0] ?? said}\`` }
    }
    return { version: debianVersion('ejabberd'), ask }
  },
}

const prosody: Recipe = {
  system: 'Prosody',
  debian: ['prosody'],
  claims: '`exp`, `slot`, `filename`, `filesize`, `filetype`',
  secret: 'text',
  carried: '`Bearer`, case-sensitive',
  probes: PROBES,
  ci: false,
  start: async (bench) => {
    const port = await freePort()
    const component = bench.configure('upload.cfg.lua')
    const lines = [
      `data_path = "${join(bench.folder, 'data')}"; pidfile = "${join(bench.folder, 'pid')}"; daemonize = false`,
      'modules_enabled = {}; c2s_ports = {}; s2s_ports = {}; https_ports = {}; http_interfaces = { "127.0.0.1" }',
      `http_ports = { ${port} }; http_default_host = "upload.localhost"; log = "*console"`,
      'VirtualHost "localhost"',
    ]
    const file = bench.write('prosody.cfg.lua', `${lines.join('\n')}\nInclude "${component}"\n`)
    await bench.serve('prosody', port, { args: ['-F', '--config', file], user: bench.giveTo('prosody') })
    const url = `http://127.0.0.1:${port}/file_share/5f0c/orders.txt`
    const put = http(url, { method: 'PUT', body: 'the orders', headers: (token) => ({ authorization: `Bearer ${token}` }) })
    const ask = async (token: string) => {
      const { accepted, text } = await put(token)
      return { accepted: accepted || text === '409', text } // 409: the file is there, from the token before
    }
    return { version: debianVersion('prosody'), ask }
  },
}

export const XMPP: readonly Recipe[] = [ejabberd, prosody]
