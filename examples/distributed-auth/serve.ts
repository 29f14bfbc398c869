/** What every service does once it is built: listens on loopback, tells where, and ends with whoever started it. */
import type { Server } from 'node:http'
import { endWithParent } from './end-with-parent.ts'

/** Listens on a free port, or on `PORT`. */
export function serve(server: Server): void {
  server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', () => {
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    if (process.send === undefined) console.log(`http://127.0.0.1:${port}`)
    else process.send({ port })
  })
  endWithParent()
  if (process.connected) process.on('SIGINT', () => {}) // Ctrl-C reaches the whole group; the parent decides
}
