/** `socket.io`, as far as the recipes use it. */
import type { IncomingMessage } from 'node:http'

interface Socket {
  readonly request: IncomingMessage
}

export interface Server {
  readonly use: (middleware: (socket: Socket, next: (error?: Error) => void) => void) => unknown
}
