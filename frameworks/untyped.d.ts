declare module 'express4' {
  import express from 'express'
  export default express
}

declare module 'polka' {
  import type { IncomingMessage, ServerResponse } from 'node:http'
  interface Polka {
    use(...handlers: ((request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => unknown)[]): Polka
    readonly handler: (request: IncomingMessage, response: ServerResponse) => void
  }
  export default function polka(): Polka
}
