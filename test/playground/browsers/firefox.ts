/** Firefox, by Marionette, the protocol that it speaks without a driver: WebDriver commands as JSON over TCP, each after its length. */
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { insist, launch } from './launch.ts'
import { toVisitor, type Send, type Visitor } from './visitor.ts'

const { FIREFOX = '/usr/bin/firefox-esr' } = process.env

type Reply = readonly [kind: 1, id: number, error: { readonly error: string; readonly message: string } | null, result: unknown]

export async function startFirefox(): Promise<Visitor> {
  const { profile, end } = launch((profile) => {
    writeFileSync(join(profile, 'user.js'), 'user_pref("marionette.port", 0);\n')
    return [FIREFOX, '--headless', '--no-remote', '--marionette', '--profile', profile]
  })
  try {
    const port = await insist(() => Number(readFileSync(join(profile, 'MarionetteActivePort'), 'utf8')))
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    const send = talk(socket)
    await send('NewSession')
    return toVisitor(send, async () => {
      socket.destroy()
      await end()
    })
  } catch (error) {
    await end()
    throw error
  }
}

/** Sends commands one after the other, and waits for the answer to each. */
function talk(socket: Socket): Send {
  const waiting = new Map<number, (reply: Reply) => void>()
  let received = Buffer.alloc(0)
  let id = 0
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    for (;;) {
      const colon = received.indexOf(':')
      const end = colon + 1 + Number(received.toString('utf8', 0, colon))
      if (colon === -1 || received.length < end) return
      const message = JSON.parse(received.toString('utf8', colon + 1, end)) as Reply | object
      received = received.subarray(end)
      if (Array.isArray(message)) waiting.get((message as unknown as Reply)[1])?.(message as unknown as Reply) // else it is a greeting
    }
  })
  return async (command, parameters = {}) => {
    const text = JSON.stringify([0, (id += 1), `WebDriver:${command}`, parameters])
    const [, , error, result] = await new Promise<Reply>((resolve) => {
      waiting.set(id, resolve)
      socket.write(`${Buffer.byteLength(text)}:${text}`)
    })
    if (error !== null) throw new Error(`${command}: ${error.error}: ${error.message}`)
    return typeof result === 'object' && result !== null && Object.hasOwn(result, 'value') ? (result as { value: unknown }).value : result
  }
}
