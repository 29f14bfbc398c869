/** Talks to the program of an implementation: one line for each request and each answer. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

/** The folders of the programs, and of the built ones. */
export const PEERS: string = fileURLToPath(new URL('peers/', import.meta.url))
export const OUT: string = fileURLToPath(new URL('../.cache/interop/', import.meta.url))

/** The shared secret, as public as the tests. */
export const SECRET = 'correct horse battery staple, 32+ — päßwörd \u{1f511}'

/** Runs a command in the folder of the programs, with these lines as input, and returns the lines that it writes. Throws if it fails. */
export async function run(command: string, lines: readonly string[] = []): Promise<readonly string[]> {
  const env = { ...process.env, JWT_SECRET: SECRET, OUT, LC_ALL: 'C.UTF-8' }
  const child = spawn('bash', ['-c', command], { cwd: PEERS, env, stdio: ['pipe', 'pipe', 'pipe'] })
  child.stdin.on('error', () => {}) // the program has ended: its exit code says why
  child.stdin.end(lines.map((line) => `${line}\n`).join(''))
  const [output, complaints, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  if (code !== 0) throw new Error(`${command} ended with ${String(code)}: ${complaints.slice(-2000)}`)
  return output.split('\n').slice(0, -1)
}

/** Sends requests to a program, and returns an answer for each. */
export async function ask(command: string, requests: readonly string[]): Promise<readonly string[]> {
  const answers = await run(command, requests)
  if (answers.length !== requests.length) throw new Error(`${answers.length} answers to ${requests.length} requests`)
  return answers
}
