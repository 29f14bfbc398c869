/** A line between two processes, on Node's IPC. Each message is confirmed once the other end has acted on it; a process ends with its parent. */

/** The messages of supervisor and services. Revocations are sent only without Redis, and reach only the services of this demo, on this machine. */
export type Message =
  | { readonly topic: 'listening'; readonly port: number }
  | { readonly topic: 'services'; readonly urls: Readonly<Record<string, string>> }
  | { readonly topic: 'revoked'; readonly id: string; readonly exp: number }

/** Sends a message. Resolves once the other end has acted on it, or is gone. */
export type Tell = (message: Message) => Promise<void>

/** A child process, or `process` in a child. */
interface End {
  readonly channel?: { ref(): void; unref(): void } | null | undefined
  readonly connected: boolean
  send?(message: Envelope): unknown
  on(event: 'message', listener: (message: unknown) => void): unknown
  once(event: 'disconnect', listener: () => void): unknown
}

/** A message with its number, or only the number: a confirmation. */
interface Envelope {
  readonly number: number
  readonly message?: Message
}

/** Opens the line at this end. Without another end, every message counts as confirmed. */
export function openLine(end: End, act: (message: Message) => void | Promise<void>): Tell {
  const waiting = new Map<number, () => void>()
  let sent = 0

  end.on('message', (envelope) => {
    const { number, message } = envelope as Envelope // this file runs at both ends
    if (message === undefined) waiting.get(number)?.()
    else void Promise.resolve(act(message)).then(() => end.connected && end.send?.({ number }))
  })
  end.once('disconnect', () => {
    for (const resolve of waiting.values()) resolve()
  })

  return async (message) => {
    if (!end.connected) return
    const number = ++sent
    end.channel?.ref() // a process that waits for a confirmation must not end
    await new Promise<void>((resolve) => {
      waiting.set(number, resolve)
      end.send?.({ number, message })
    })
    waiting.delete(number)
    if (waiting.size === 0) end.channel?.unref()
  }
}

/** Exits when the parent is gone, even if it was killed. Does nothing without a parent that forked this process. */
export function endWithParent(): void {
  process.once('disconnect', () => process.exit())
  process.channel?.unref() // or the listener would keep a finished process alive
}
