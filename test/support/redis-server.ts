/** A real Redis server on loopback, which tests kill, stop and restart. Needs Debian's redis-server, 7 or newer. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { listenOn } from './port.ts'

/** Whether to skip tests with Redis: only outside CI, and only if it is not installed. */
export const NO_REDIS: boolean = process.env['CI'] === undefined && spawnSync('redis-server', ['--version']).status !== 0

export type RedisServer = Awaited<ReturnType<typeof startRedis>>

/** Starts a server that forgets nothing, with these options instead of `--appendonly yes --appendfsync always`. */
export async function startRedis(options: readonly string[] = ['--appendonly', 'yes', '--appendfsync', 'always']) {
  const folder = mkdtempSync(join(tmpdir(), 'redis-'))
  const reserved = createServer()
  const port = await listenOn(reserved)
  await once(reserved.close(), 'close')
  const always = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder, '--loglevel', 'warning']
  let child: ChildProcess | undefined
  const removeFiles = (): void => rmSync(folder, { recursive: true, force: true })
  process.once('exit', () => {
    child?.kill('SIGKILL')
    removeFiles()
  })

  /** Ends it at once, as a crash does. */
  const kill = async (): Promise<void> => {
    const running = child !== undefined && child.exitCode === null && child.signalCode === null
    if (running && child?.kill('SIGKILL')) await once(child, 'exit')
  }

  /** Sends a command, as in `redis-cli`, and returns its answer. */
  const ask = async (command: string): Promise<string> => {
    const socket = connect(port, '127.0.0.1')
    socket.setEncoding('utf8').end(`${command}\r\nQUIT\r\n`)
    return (await socket.toArray()).join('').replace(/\+OK\r\n$/, '')
  }

  /** Starts it again, with the same port and files. Resolves once it answers. */
  const start = async (): Promise<void> => {
    child = spawn('redis-server', [...always, ...options], { stdio: 'ignore' })
    const failed = once(child, 'error').then(([error]) => Promise.reject(error as Error))
    failed.catch(() => {})
    while ((await Promise.race([failed, ask('PING').catch(() => '')])) !== '+PONG\r\n') await sleep(20)
  }

  /** Ends it, and removes its files. */
  const stop = async (): Promise<void> => {
    await kill()
    removeFiles()
  }

  await start()
  return { url: `redis://127.0.0.1:${port}`, start, kill, signal: (name: NodeJS.Signals) => void child?.kill(name), ask, stop }
}
