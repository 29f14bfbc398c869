/** Where a system runs: its section of the page, a folder, ports, processes. All of it is gone after the run. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A block of code of the page. */
export interface Block {
  readonly language: string
  readonly code: string
}

/** A program, its arguments, and what it needs. */
export interface Program {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** The unprivileged user that runs it, if the script runs as root. Default: its own. */
  readonly user?: string
}

export class Bench {
  /** A folder that every user can read. */
  readonly folder: string
  /** The secret's characters, which are in `JWT_SECRET` for the page's code, too. */
  readonly secret: string
  /** The path of a file with the secret and a line end, which is in `JWT_SECRET_FILE`. */
  readonly secretFile: string
  readonly #blocks: readonly Block[]
  readonly #ends: (() => unknown)[] = []

  constructor(blocks: readonly Block[], secret: string) {
    this.#blocks = blocks
    this.secret = secret
    this.folder = mkdtempSync(join(tmpdir(), 'hs256-systems-'))
    chmodSync(this.folder, 0o755)
    this.secretFile = this.write('secret', `${secret}\n`)
    this.atEnd(() => rmSync(this.folder, { recursive: true, force: true }))
  }

  /** What to do after the run; the last one is done first. */
  atEnd(end: () => unknown): void {
    this.#ends.push(end)
  }

  async end(): Promise<void> {
    for (const end of this.#ends.reverse()) await end()
  }

  /**
   * Writes a file of the page: the block whose first line names it in a comment, or the one of JSON. `SECRET` in it becomes the secret; `replacements` say what
   * else differs here, such as ports and folders.
   */
  configure(name: string, replacements: Readonly<Record<string, string>> = {}): string {
    const comment = new RegExp(`^\\W{1,4} ?${name.replaceAll('.', '\\.')}\\b`)
    const named = this.#blocks.find(({ code }) => comment.test(code)) ?? this.#blocks.find(({ language }) => language === 'json')
    const block = named?.code
    if (block === undefined) throw new Error(`the section has no block ${name}`)
    let text = block.replaceAll(/\bSECRET\b/g, this.secret)
    for (const [from, to] of Object.entries(replacements)) text = text.replaceAll(from, to)
    return this.write(name, text)
  }

  /** Writes a file into the folder, and returns its path. */
  write(name: string, text: string, mode = 0o644): string {
    const path = join(this.folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text, { mode })
    return path
  }

  /** Gives the folder to a user, if the script runs as root, and returns the user's name. */
  giveTo(user: string): string {
    if (process.getuid?.() === 0) this.run('chown', { args: ['-R', `${user}:`, this.folder] })
    return user
  }

  /** Starts a program, which is ended after the run, and waits until it listens on a port of loopback, or for a second. */
  async serve(command: string, port: number | undefined, program: Program = {}): Promise<ChildProcess> {
    let output = ''
    const { file, args, options } = asUser(command, program)
    const child = spawn(file, args, { ...options, cwd: this.folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += String(chunk)))
    this.atEnd(async () => {
      if (child.exitCode === null && child.signalCode === null) signal(child, 'SIGTERM')
      await Promise.race([ended, sleep(10_000)])
      signal(child, 'SIGKILL') // what is left of its group
    })
    for (let attempt = 0; attempt < 600; attempt++) {
      if (port === undefined ? attempt === 10 : await isOpen(port)) return child
      if (child.exitCode !== null) break
      await sleep(100)
    }
    throw new Error(`${command} does not listen: ${output.slice(-2000)}`)
  }

  /** Runs a program to its end, and returns what it printed. */
  run(command: string, program: Program & { readonly input?: string; readonly allowFailure?: boolean } = {}): string {
    const { file, args, options } = asUser(command, program)
    const { status, stdout, stderr, error } = spawnSync(file, args, {
      ...options,
      cwd: this.folder,
      input: program.input,
      encoding: 'utf8',
    })
    if (error !== undefined) throw error
    if (status !== 0 && program.allowFailure !== true) throw new Error(`${command} has failed: ${stderr}${stdout}`)
    return `${stdout}${stderr}`
  }
}

function asUser(command: string, { args = [], env = {}, user }: Program) {
  const options = { env: { ...process.env, ...env } }
  if (user === undefined || process.getuid?.() !== 0) return { file: command, args, options }
  const group = spawnSync('id', ['-g', user], { encoding: 'utf8' }).stdout.trim()
  return { file: 'setpriv', args: [`--reuid=${user}`, `--regid=${group}`, '--init-groups', command, ...args], options }
}

function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, name)
  } catch {
    // It has ended.
  }
}

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket.destroy() && true))
    socket.once('error', () => resolve(false))
  })

/** A port of loopback that is free. */
export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

/** The version of a Debian package, or an empty string if it is not installed. */
export function debianVersion(name: string): string {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f=${db:Status-Status} ${Version}', name], { encoding: 'utf8' })
  return /^installed (?:\d+:)?(\S+)/.exec(stdout)?.[1] ?? ''
}

/** Installs the packages of Debian that are missing. */
export function installDebian(names: readonly string[]): void {
  const missing = names.filter((name) => debianVersion(name) === '')
  if (missing.length === 0) return
  const asRoot = process.getuid?.() === 0 ? '' : 'sudo -n '
  const install = `${asRoot}env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ${missing.join(' ')}`
  const { status, stderr } = spawnSync(`${asRoot}apt-get update && ${install}`, { shell: true, encoding: 'utf8' })
  if (status !== 0) throw new Error(`apt-get has failed: ${stderr}`)
}
