/** What every service does: listens on loopback, reports its port, and ends with its parent. Without Redis, it also receives revocations. */
import type { Server } from 'node:http'
import { endWithParent, openLine, type Message } from './line.ts'
import { isShared, revocations } from './revocations.ts'

/** Where each other service is: empty until all of them listen, and if this one runs alone. */
export let services: Readonly<Record<string, string>> = {}

const tell = openLine(process, (message: Message): Promise<void> | void => {
  if (message.topic === 'revoked') return revocations.revoke(message.id, message.exp)
  if (message.topic === 'services') services = message.urls
})

/** Listens on `PORT`, or on a free port. */
export function serve(server: Server): void {
  server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', () => {
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    if (process.send === undefined) console.log(`http://127.0.0.1:${port}`)
    else void tell({ topic: 'listening', port })
  })
  endWithParent()
  if (process.connected) process.on('SIGINT', () => {}) // Ctrl-C reaches the whole process group; the parent decides
}

/** Revokes an id in all services. */
export async function revoke(id: string, exp: number): Promise<void> {
  await revocations.revoke(id, exp)
  if (!isShared) await tell({ topic: 'revoked', id, exp })
}
