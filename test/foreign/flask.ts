/** Starts `service.py`, of Flask and PyJWT, as a process of its own. Needs python3 with both. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const PYTHON = process.env['PYTHON'] ?? '/usr/bin/python3'

export interface Flask {
  readonly url: string
  /** What it has written to its log. */
  readonly log: () => string
  readonly stop: () => void
}

/** Starts it with this environment, which holds `JWT_SECRET`. Throws where it does not start. */
export async function startFlask(environment: Readonly<Record<string, string>>): Promise<Flask> {
  let log = ''
  const python = spawn(PYTHON, [fileURLToPath(new URL('service.py', import.meta.url))], { env: { ...process.env, ...environment } })
  python.stderr.setEncoding('utf8').on('data', (text: string) => (log += text))
  python.on('error', (error) => (log += String(error)))
  const lines = createInterface({ input: python.stdout })
  const [port] = (await Promise.race([once(lines, 'line'), once(python, 'close')])) as unknown[]
  if (!(Number(port) > 0)) throw new Error(`${PYTHON} with flask and jwt does not start: ${log}`)
  return { url: `http://127.0.0.1:${Number(port)}`, log: () => log, stop: () => void python.kill() }
}
