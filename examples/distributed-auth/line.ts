/** A line between two processes, on Node's IPC: what is told at one end is confirmed by the other, once it has acted on it. */
import type { SharedSecret } from './keys.ts'

/** What supervisor and services tell each other. It stands in for the message bus and the secret store of a real system. */
export type Message =
  | { readonly topic: 'listening'; readonly port: number }
  | { readonly topic: 'services'; readonly urls: Readonly<Record<string, string>> }
  | { readonly topic: 'revoked'; readonly id: string; readonly exp: number }
  | { readonly topic: 'keys'; readonly keys: readonly SharedSecret[] }
  | { readonly topic: 'rotate' }

/** Tells the other end, and resolves once it has acted on it, or is gone. */
export type Tell = (message: Message) => Promise<void>

/** A child process, or `process` in a child. */
interface End {
  readonly channel?: { ref(): void; unref(): void } | null | undefined
  readonly connected: boolean
  send?(message: Envelope): unknown
  on(event: 'message', listener: (message: unknown) => void): unknown
  once(event: 'disconnect', listener: () => void): unknown
}

/** A message with its number, or the number alone: a confirmation. */
interface Envelope {
  readonly number: number
  readonly message?: Message
}

/** Opens the line at this end; where there is no other end, whatever is told is taken for known. */
export function openLine(end: End, act: (message: Message) => void | Promise<void>): Tell {
  const waiting = new Map<number, () => void>()
  let sent = 0

  end.on('message', (envelope) => {
    const { number, message } = envelope as Envelope // both ends are this file
    if (message === undefined) waiting.get(number)?.()
    else void Promise.resolve(act(message)).then(() => end.connected && end.send?.({ number }))
  })
  end.once('disconnect', () => {
    for (const resolve of waiting.values()) resolve()
  })

  return async (message) => {
    if (!end.connected) return
    const number = ++sent
    end.channel?.ref() // who waits for a confirmation is not done
    await new Promise<void>((resolve) => {
      waiting.set(number, resolve)
      end.send?.({ number, message })
    })
    waiting.delete(number)
    if (waiting.size === 0) end.channel?.unref()
  }
}
