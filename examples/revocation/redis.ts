/** A revocation list in Redis or Valkey, which all services share. If it does not answer, no token is let through. */
import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from '@redis/client' // or from 'redis', which contains it
import { MARGIN, type Revocations } from './memory.ts'

/** Options of `connectRevocations`. */
export interface RevocationOptions {
  /** The `clockTolerance` of the verifiers, in seconds. Default: 0. */
  readonly clockTolerance?: number
  /** How long a request waits for an answer, in milliseconds. Default: 1000. */
  readonly timeout?: number
}

/** The revocation list did not answer. An error handler answers with `status` and a `Retry-After`. */
export class RevocationsUnavailableError extends Error {
  override readonly name = 'RevocationsUnavailableError'
  readonly status = 503
}

/**
 * Connects to `redis://…`, or `rediss://…` with TLS. Resolves after the timeout even without a connection: a service starts during an
 * outage, and answers 503 until the connection is there. The client reconnects by itself.
 */
export async function connectRevocations(
  url: string,
  { clockTolerance = 0, timeout = 1000 }: RevocationOptions = {},
): Promise<Revocations & { readonly close: () => void }> {
  let isDown = false
  const report = (error: Error): void => {
    if (!isDown) console.error(`the revocation list is unavailable: ${error.message}`)
    isDown = true
  }
  const newClient = () =>
    createClient({
      url,
      disableOfflineQueue: true, // during an outage, requests fail at once instead of piling up
      commandsQueueMaxLength: 10_000, // nor do they if a connection is silent
      commandOptions: { timeout: 0 }, // its own timeout covers only commands that are not sent yet
      socket: { connectTimeout: timeout, reconnectStrategy: 200 },
    })
      .on('ready', () => (isDown = false))
      .on('error', report)
  let client = newClient()
  let lastAnswer = performance.now()

  /** Opens a new connection if the current one has been silent for long: a host that vanishes does not close its connections. */
  function replaceSilentClient(): void {
    if (performance.now() - lastAnswer < 5 * timeout) return
    lastAnswer = performance.now()
    client.destroy()
    client = newClient()
    client.connect().catch(() => {})
  }

  /** Waits for an answer, but not for longer than the timeout. */
  async function answerOf<Type>(answer: Promise<Type>): Promise<Type> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      // One more turn of the event loop: an answer that has arrived while the process was busy counts.
      timer = setTimeout(() => setImmediate(reject, new Error(`there was no answer within ${timeout} ms`)), timeout)
    })
    late.catch(replaceSilentClient)
    try {
      const result = await Promise.race([answer, late])
      lastAnswer = performance.now()
      return result
    } catch (cause) {
      throw new RevocationsUnavailableError('the revocation list is unavailable', { cause })
    } finally {
      clearTimeout(timer)
    }
  }

  await Promise.race([client.connect().catch(() => {}), sleep(timeout)])
  return {
    // EXAT, not EX: the entry ends at this time even if the clock of this service is wrong.
    revoke: async (id, exp) => {
      const expiration = { type: 'EXAT', value: Math.ceil(exp) + clockTolerance + MARGIN } as const
      await answerOf(client.set(keyOf(id), '', { expiration }))
    },
    isRevoked: async ({ claims: { jti, sid } }) => {
      const keys = sid === undefined ? [keyOf(jti)] : [keyOf(jti), keyOf(sid)]
      return (await answerOf(client.exists(keys))) > 0 // one command for both
    },
    close: () => client.destroy(),
  }
}

function keyOf(id: string): string {
  return `revoked:${id}`
}
