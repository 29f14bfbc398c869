/** The servers that need no more than their configuration. */
import { setTimeout as sleep } from 'node:timers/promises'
import { bearer, converse, http } from '../ask.ts'
import type { Recipe } from '../recipe.ts'
import { daemon, type Daemon } from './daemon.ts'

const APACHE = [
  'ServerRoot /etc/apache2\nServerName localhost\nListen 127.0.0.1:PORT\nPidFile FOLDER/pid\nErrorLog FOLDER/log\nDefaultRuntimeDir FOLDER',
  'DocumentRoot FOLDER',
  ...['mpm_prefork', 'authn_core', 'authz_core', 'authz_user'].map(
    (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
  ),
].join('\n')

const orders = (port: number) => bearer(`http://127.0.0.1:${port}/orders`)

const apache = (module: string, recipe: Pick<Daemon, 'system' | 'debian' | 'files' | 'secret'>): Recipe =>
  daemon({
    ...recipe,
    claims: '`sub`',
    carried: '`Bearer`, case-insensitive',
    write: {
      'apache2.conf': `${APACHE}\nLoadModule ${module}_module /usr/lib/apache2/modules/mod_${module}.so\nInclude FILE\n`,
      orders: 'the orders',
    },
    run: 'apache2 -DFOREGROUND -f FOLDER/apache2.conf',
    user: 'www-data',
    to: orders,
  })

const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path FOLDER/${name};`).join(' ')

const DOVECOT = `
base_dir = FOLDER/run
log_path = FOLDER/log
listen = 127.0.0.1
protocols = imap
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:FOLDER/mail
first_valid_uid = 1
userdb {
  driver = static
  args = uid=dovecot gid=dovecot home=FOLDER/mail
}
service imap-login {
  inet_listener imap {
    port = PORT
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
!include FILE
`

const PROSODY = `
data_path = "FOLDER/data"; pidfile = "FOLDER/pid"; daemonize = false; log = "*console"
modules_enabled = {}; c2s_ports = {}; s2s_ports = {}; https_ports = {}
http_ports = { PORT }; http_interfaces = { "127.0.0.1" }; http_default_host = "upload.localhost"
VirtualHost "localhost"
Include "FILE"
`

const munge = ['key', 'pid', 'log', 'seed'].map((name) => `--${name}-file=FOLDER/munge.${name}`).join(' ')

const RUNROOT = `
{ prefix: FOLDER, exec_prefix: /usr, bindir: /usr/bin, sbindir: /usr/sbin, sysconfdir: FOLDER, datadir: FOLDER, includedir: FOLDER,
  libdir: /usr/lib/trafficserver, libexecdir: /usr/lib/trafficserver/modules, localstatedir: FOLDER, runtimedir: FOLDER, logdir: FOLDER,
  mandir: FOLDER, infodir: FOLDER, cachedir: FOLDER }
`

const CYRUS = `
servername: localhost
configdirectory: FOLDER/conf
proc_path: FOLDER/proc
mboxname_lockpath: FOLDER/lock
defaultpartition: default
partition-default: FOLDER/mail
httpmodules: rss
sasl_pwcheck_method: auxprop
@include: FILE
`

export const DAEMONS: readonly Recipe[] = [
  daemon({
    system: 'HAProxy',
    debian: ['haproxy'],
    claims: '`exp`, as configured',
    secret: 'text',
    carried: '`Bearer`, case-insensitive',
    files: ['haproxy.cfg'],
    ports: ['127.0.0.1:8080'],
    run: 'haproxy -db -f FILE',
    user: 'haproxy',
    to: orders,
  }),
  daemon({
    system: 'Dovecot',
    debian: ['dovecot-core', 'dovecot-imapd'],
    claims: '`sub`, `exp`',
    secret: 'base64, in a file',
    form: 'base64',
    carried: 'SASL XOAUTH2 or OAUTHBEARER',
    files: ['dovecot-oauth2.conf.ext', 'auth-oauth2.conf.ext'],
    folder: '/etc/dovecot',
    write: { 'keys/default/HS256/default': 'SECRET\n', 'dovecot.conf': DOVECOT },
    run: 'dovecot -F -c FOLDER/dovecot.conf',
    owner: 'dovecot',
    to: (port) => async (token) => {
      const response = btoa(`user=u1\u0001auth=Bearer ${token}\u0001\u0001`)
      const answers = [[/^\* OK/, `a AUTHENTICATE XOAUTH2 ${response}\r\n`], [/^\+ /, '\r\n'], [/^a (?:OK|\w+ \[\w+\])/m]] as const
      const said = await converse(port, answers)
      return { accepted: said === 'a OK', text: `\`${said.replace('a ', '')}\`` }
    },
  }),
  apache('auth_openidc', {
    system: 'Apache with mod_auth_openidc',
    debian: ['libapache2-mod-auth-openidc', 'apache2'],
    secret: '`plain##`, `b64##`, `b64url##` or `hex##`',
    files: ['openidc.conf'],
  }),
  apache('oauth2', {
    system: 'Apache with mod_oauth2',
    debian: ['libapache2-mod-oauth2', 'apache2'],
    secret: '`plain`, `base64`, `base64url`, `hex` or `jwk`',
    files: ['oauth2.conf'],
  }),
  daemon({
    system: 'InfluxDB',
    debian: ['influxdb'],
    claims: '`username`, `exp`',
    secret: 'text',
    carried: '`Bearer`, case-sensitive',
    files: ['influxdb.conf'],
    ports: ['127.0.0.1:8086', '127.0.0.1:8088'],
    folder: '/var/lib/influxdb',
    run: 'influxd -config FILE',
    user: 'influxdb',
    to: (port, { secret }) => {
      const url = (query: string): string => `http://127.0.0.1:${port}/query?q=${encodeURIComponent(query)}`
      const created = fetch(url(`CREATE USER admin WITH PASSWORD '${secret}' WITH ALL PRIVILEGES`), { method: 'POST' })
      return async (token) => (await created) && bearer(url('SHOW DATABASES'))(token)
    },
  }),
  daemon({
    system: 'nginx with njs',
    debian: ['libnginx-mod-http-js', 'nginx'],
    claims: '`exp`, as written',
    secret: 'text, in the environment',
    carried: '`Bearer`, as written',
    files: ['jwt.js', 'nginx.conf'],
    ports: ['127.0.0.1:8080'],
    folder: '/etc/nginx/jwt',
    write: {
      'main.conf': `load_module modules/ngx_http_js_module.so; env JWT_SECRET; pid FOLDER/pid; daemon off; error_log stderr; events {}
http { ${temporary} access_log off; include FILE; }`,
      'www/orders': 'the orders',
    },
    run: 'nginx -c FOLDER/main.conf',
    user: 'www-data',
    to: orders,
  }),
  daemon({
    system: 'ejabberd',
    debian: ['ejabberd'],
    claims: '`jid` or `jwt_jid_field`, `exp`',
    secret: 'base64url, in a JWK file',
    form: 'base64url',
    carried: 'as the password of SASL PLAIN',
    files: ['jwt.jwk', 'ejabberd.yml'],
    ports: ['port: 5222'],
    folder: '/etc/ejabberd',
    run: 'erl -noinput -mnesia dir "FOLDER/mnesia" -s ejabberd',
    env: { EJABBERD_CONFIG_PATH: 'FILE', EJABBERD_LOG_PATH: 'FOLDER/log', ERL_LIBS: '/usr/lib/x86_64-linux-gnu', HOME: 'FOLDER' },
    user: 'ejabberd',
    to: (port) => async (token) => {
      const auth = `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${btoa(`\0u1\0${token}`)}</auth>`
      const open = "<stream:stream to='localhost' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"
      const said = await converse(port, [[/<\/stream:features>/, auth], [/<success|<(?:failure|stream:error).*?><[\w-]+/]], open)
      return { accepted: said === '<success', text: `\`${/[\w-]+$/.exec(said)?.[0] ?? said}\`` }
    },
  }),
  daemon({
    system: 'Prosody',
    debian: ['prosody'],
    claims: '`exp`, `slot`, `filename`, `filesize`, `filetype`',
    secret: 'text',
    carried: '`Bearer`, case-sensitive',
    files: ['upload.cfg.lua'],
    write: { 'prosody.cfg.lua': PROSODY },
    run: 'prosody -F --config FOLDER/prosody.cfg.lua',
    user: 'prosody',
    to: (port) => async (token) => {
      const url = `http://127.0.0.1:${port}/file_share/5f0c/orders.txt`
      const { accepted, text } = await bearer(url, { method: 'PUT', body: 'the orders' })(token)
      return { accepted: accepted || text === '409', text } // 409: the file is there, from the token before
    },
  }),
  daemon({
    system: 'Traffic Server',
    debian: ['trafficserver', 'trafficserver-experimental-plugins'],
    claims: '`iss`',
    secret: 'base64url, in a JWK',
    form: 'base64url',
    carried: '`?URISigningPackage=`, or a cookie',
    files: ['uri_signing.config', 'remap.config'],
    ports: ['127.0.0.1:8080'],
    write: {
      'runroot.yaml': RUNROOT,
      'records.config':
        'CONFIG proxy.config.http.server_ports STRING PORT:ip-in=127.0.0.1\nCONFIG proxy.config.admin.user_id STRING trafficserver\n',
      'ip_allow.yaml': 'ip_allow: [{ apply: in, ip_addrs: 127.0.0.1, action: allow, methods: ALL }]\n',
      'storage.config': 'cache 16M\n',
      'plugin.config': '',
      'cache/none': '',
    },
    run: 'traffic_server',
    env: { TS_RUNROOT: 'FOLDER' },
    user: 'trafficserver',
    to: (port) => http(`http://127.0.0.1:${port}/nocache/10?URISigningPackage=TOKEN`),
  }),
  daemon({
    system: 'Cyrus',
    debian: ['cyrus-caldav', 'cyrus-imapd'],
    claims: '`sub` and `iat`, no others',
    secret: 'base64, in a PEM file',
    form: 'base64',
    carried: '`Bearer`, case-insensitive',
    ages: true,
    probes: ['iatAhead', 'otherAud', 'atJwt', 'otherKid'],
    files: ['keys/orders.pem', 'imapd.conf'],
    folder: '/var/lib/cyrus',
    write: {
      'main.conf': CYRUS,
      'cyrus.conf': 'SERVICES {\n  http cmd="httpd -C FOLDER/main.conf" listen="127.0.0.1:PORT" prefork=0\n}\n',
      'conf/db/none': '',
    },
    run: '/usr/lib/cyrus/bin/master -C FOLDER/main.conf -M FOLDER/cyrus.conf -p FOLDER/pid -D',
    user: 'cyrus',
    to: (port) => bearer(`http://127.0.0.1:${port}/rss/`),
  }),
  daemon({
    system: 'Slurm',
    debian: ['slurmctld', 'slurmrestd', 'slurm-client', 'slurm-wlm-jwt-plugin', 'slurm-wlm-basic-plugins', 'munge'],
    claims: '`sun`, `exp`',
    secret: 'bytes of a file, its line end included',
    form: 'file',
    carried: '`X-SLURM-USER-TOKEN`',
    files: ['cluster.conf'],
    ports: ['127.0.0.1:6820', 'SlurmctldPort=6817'],
    folder: '/var/lib/slurm',
    write: {
      'slurm.conf': `include FILE
CommunicationParameters=NoCtldInAddrAny
AuthInfo=socket=FOLDER/munge.socket
SlurmctldPidFile=FOLDER/pid
`,
      'jwt.key': 'SECRET\n',
      'munge.key': 'SECRET',
    },
    before: [`munged -F --socket=FOLDER/munge.socket ${munge}`, 'slurmctld -D'],
    run: 'env SLURM_JWT=daemon slurmrestd -s openapi/v0.0.38 -a rest_auth/jwt 127.0.0.1:PORT',
    env: { SLURM_CONF: 'FOLDER/slurm.conf' },
    owner: 'slurm',
    user: 'daemon',
    to: (port) =>
      http(`http://127.0.0.1:${port}/slurm/v0.0.38/diag`, {
        headers: (token) => ({ 'x-slurm-user-name': 'slurm', 'x-slurm-user-token': token }),
      }),
    issue: async (kind, bench, env) => {
      const options = { env, user: 'slurm' }
      const make = (seconds: number): string => bench.run('scontrol', { args: ['token', `lifespan=${seconds}`], ...options }).trim()
      const token = make(kind === 'expired' ? 1 : 600).replace('SLURM_JWT=', '')
      if (kind === 'expired') await sleep(2100)
      return kind === 'forged' ? token.replace(/[^.]+$/, make(700).split('.')[2] ?? '') : token
    },
  }),
]
