import { connect } from 'node:net'
import { join } from 'node:path'
import { debianVersion, freePort } from '../bench.ts'
import type { Answer, Recipe } from '../recipe.ts'

export const rabbitmq: Recipe = {
  system: 'RabbitMQ',
  debian: ['rabbitmq-server'],
  claims: '`aud`, `scope`',
  secret: 'base64url, in a JWK',
  form: 'base64url',
  carried: 'as the password of AMQP',
  probes: ['noExp', 'iatAhead', 'otherAud', 'atJwt', 'otherKid', 'length'],
  start: async (bench) => {
    const [port, epmd, dist] = [await freePort(), await freePort(), await freePort()]
    const config = bench.configure('rabbitmq.conf')
    const advanced = bench.configure('advanced.config')
    const plugins = bench.write('enabled_plugins', '[rabbitmq_auth_backend_oauth2].')
    const loopback = '-kernel inet_dist_use_interface {127,0,0,1}'
    const user = bench.giveTo('rabbitmq')
    await bench.serve('epmd', epmd, { args: ['-address', '127.0.0.1', '-port', `${epmd}`], user })
    const env = {
      HOME: bench.folder,
      ERL_EPMD_PORT: `${epmd}`,
      RABBITMQ_NODENAME: 'systems@localhost',
      RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
      RABBITMQ_NODE_PORT: `${port}`,
      RABBITMQ_DIST_PORT: `${dist}`,
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: loopback,
      RABBITMQ_CONFIG_FILE: config,
      RABBITMQ_ADVANCED_CONFIG_FILE: advanced,
      RABBITMQ_ENABLED_PLUGINS_FILE: plugins,
      RABBITMQ_MNESIA_BASE: join(bench.folder, 'mnesia'),
      RABBITMQ_LOG_BASE: join(bench.folder, 'log'),
    }
    await bench.serve('/usr/lib/rabbitmq/bin/rabbitmq-server', port, { env, user })
    return { version: debianVersion('rabbitmq-server'), ask: (token) => openConnection(port, token) }
  },
}

const short = (text: string): Buffer => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)])
const long = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
const method = (id: number, ...fields: readonly Buffer[]): Buffer => {
  const arguments_ = long(Buffer.concat([Buffer.from([0, 10, 0, id]), ...fields]))
  return Buffer.concat([Buffer.from([1, 0, 0]), arguments_, Buffer.from([0xce])])
}

/** Capability `authentication_failure_close`: a client without it sees only that the connection ends. */
const CLIENT = long(
  Buffer.concat([
    short('capabilities'),
    Buffer.from('F'),
    long(Buffer.concat([short('authentication_failure_close'), Buffer.from('t\u0001')])),
  ]),
)

/** Opens an AMQP 0-9-1 connection to the virtual host `/`. */
function openConnection(port: number, token: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('AMQP\u0000\u0000\u0009\u0001'))
    socket.setTimeout(20_000, () => socket.destroy(new Error('the server is silent')))
    socket.once('error', reject)
    const done = (accepted: boolean, text: string): void => {
      resolve({ accepted, text })
      socket.destroy()
    }
    socket.once('close', () => done(false, 'closed'))
    let received = Buffer.alloc(0)
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      while (received.length >= 7 && received.length >= received.readUInt32BE(3) + 8) {
        const frame = received.subarray(7, received.readUInt32BE(3) + 7)
        received = received.subarray(frame.length + 8)
        const id = frame.readUInt16BE(2)
        const fields = frame.subarray(4)
        if (id === 10) socket.write(method(11, CLIENT, short('PLAIN'), long(Buffer.from(`\u0000\u0000${token}`)), short('en_US')))
        if (id === 30) socket.write(Buffer.concat([method(31, fields), method(40, short('/'), short(''), Buffer.from([0]))]))
        if (id === 41) done(true, '`open-ok`')
        if (id === 50) done(false, `\`${fields.readUInt16BE(0)} ${/[A-Z_]+/.exec(fields.subarray(3).toString())?.[0] ?? ''}\``)
      }
    })
  })
}
