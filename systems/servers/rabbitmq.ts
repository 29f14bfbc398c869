import { connect } from 'node:net'
import type { Answer, Recipe } from '../recipe.ts'
import { daemon } from './daemon.ts'

export const rabbitmq: Recipe = daemon({
  system: 'RabbitMQ',
  debian: ['rabbitmq-server'],
  claims: '`aud`, `scope`',
  secret: 'base64url, in a JWK',
  form: 'base64url',
  carried: 'as the password of AMQP',
  files: ['rabbitmq.conf', 'advanced.config'],
  write: { enabled_plugins: '[rabbitmq_auth_backend_oauth2].' },
  before: ['epmd -address 127.0.0.1 -port PORT2'],
  run: '/usr/lib/rabbitmq/bin/rabbitmq-server',
  env: {
    HOME: 'FOLDER',
    ERL_EPMD_PORT: 'PORT2',
    RABBITMQ_NODENAME: 'systems@localhost',
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: 'PORT',
    RABBITMQ_DIST_PORT: 'PORT3',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    RABBITMQ_CONFIG_FILE: 'FOLDER/rabbitmq.conf',
    RABBITMQ_ADVANCED_CONFIG_FILE: 'FILE',
    RABBITMQ_ENABLED_PLUGINS_FILE: 'FOLDER/enabled_plugins',
    RABBITMQ_MNESIA_BASE: 'FOLDER/mnesia',
    RABBITMQ_LOG_BASE: 'FOLDER/log',
  },
  user: 'rabbitmq',
  to: (port) => (token) => openConnection(port, token),
})

const short = (text: string): Buffer => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)])
const long = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from(Uint32Array.of(bytes.length).buffer).reverse(), bytes])
const method = (id: number, ...fields: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from([1, 0, 0]), long(Buffer.concat([Buffer.from([0, 10, 0, id]), ...fields])), Buffer.from([0xce])])

/** Capability `authentication_failure_close`: a client without it sees only that the connection ends. */
const CAPABILITY = long(Buffer.concat([short('authentication_failure_close'), Buffer.from('t\u0001')]))
const CLIENT = long(Buffer.concat([short('capabilities'), Buffer.from('F'), CAPABILITY]))

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
