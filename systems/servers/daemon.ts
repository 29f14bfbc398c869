/** A server that is started by a command, with files of the page. */
import type { Answer, Kind, Recipe } from '../recipe.ts'
import { debianVersion, freePort, type Bench } from '../bench.ts'

/** In `main`, `write` and `run`, the words FOLDER, PORT (the first one), FILE (the last of `files`) and SECRET are replaced. */
export interface Daemon extends Omit<Recipe, 'start'> {
  readonly debian: readonly string[]
  /** Blocks of the page. */
  readonly files: readonly string[]
  /** What in them becomes a free port: each ends with a number. */
  readonly ports?: readonly string[]
  /** What in them becomes the folder. */
  readonly folder?: string
  /** Further files, by name: what the page need not show. */
  readonly write?: Readonly<Record<string, string>>
  /** The command. */
  readonly run: string
  readonly env?: Readonly<Record<string, string>>
  /** The user that runs it, if the script runs as root. Default: root, as it has users of its own. */
  readonly user?: string
  /** The user that has the folder. Default: `user`. */
  readonly owner?: string
  /** How to send a token, to a port. */
  readonly to: (port: number, bench: Bench) => (token: string) => Promise<Answer>
  /** How to have it make a token, with what `env` became. */
  readonly issue?: (kind: Kind, bench: Bench, env: Readonly<Record<string, string>>) => string
}

export function daemon({ files, ports = [], folder, write = {}, run, env = {}, user, owner = user, to, issue, ...recipe }: Daemon): Recipe {
  const start: Recipe['start'] = async (bench) => {
    const free = await Promise.all([...ports, ''].map(freePort))
    const [port = 0] = free
    const replacements = Object.fromEntries(ports.map((text, index) => [text, text.replace(/\d+$/, String(free[index]))]))
    const paths = files.map((name) => bench.configure(name, { ...replacements, ...(folder !== undefined && { [folder]: bench.folder }) }))
    const words: Readonly<Record<string, string>> = {
      FOLDER: bench.folder,
      PORT: `${port}`,
      FILE: paths.at(-1) ?? '',
      SECRET: bench.secret,
    }
    const fill = (text: string): string => text.replaceAll(/\b(?:FOLDER|PORT|FILE|SECRET)\b/g, (word) => words[word] ?? '')
    for (const [name, text] of Object.entries(write)) bench.write(name, fill(text))
    if (owner !== undefined) bench.giveTo(owner)
    const [command = '', ...args] = run.split(' ').map(fill)
    const filled = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fill(value)]))
    await bench.serve(command, port, { args, env: filled, ...(user !== undefined && { user }) })
    const version = debianVersion(recipe.debian[0] ?? '')
    return { version, ask: to(port, bench), ...(issue && { issue: (kind) => Promise.resolve(issue(kind, bench, filled)) }) }
  }
  return { ...recipe, start }
}
