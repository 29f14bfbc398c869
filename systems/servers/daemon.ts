/** A server that is started by commands, with files of the page. */
import type { Answer, Kind, Recipe } from '../recipe.ts'
import { debianVersion, freePort, type Bench } from '../bench.ts'

/** In `write`, `before`, `run` and `env`, the words FOLDER, PORT, PORT2, PORT3, FILE (the last of `files`) and SECRET are replaced. */
export interface Daemon extends Omit<Recipe, 'start'> {
  readonly debian: readonly string[]
  /** Blocks of the page. */
  readonly files: readonly string[]
  /** What in them ends with a number that becomes PORT, PORT2 and PORT3. */
  readonly ports?: readonly string[]
  /** What in them becomes FOLDER. */
  readonly folder?: string
  /** What the page need not show. */
  readonly write?: Readonly<Record<string, string>>
  /** Servers that it needs, one on PORT2. */
  readonly before?: readonly string[]
  /** The command, which listens on PORT. */
  readonly run: string
  readonly env?: Readonly<Record<string, string>>
  /** The user that runs it, if the script runs as root. Default: root, as it has users of its own. */
  readonly user?: string
  /** The user that has the folder, and runs `before`. Default: `user`. */
  readonly owner?: string
  /** How to send a token. */
  readonly to: (port: number, bench: Bench) => (token: string) => Promise<Answer>
  /** How to have it make a token. */
  readonly issue?: (kind: Kind, bench: Bench, env: Readonly<Record<string, string>>) => string | Promise<string>
}

export function daemon({
  files,
  ports = [],
  folder,
  write = {},
  before = [],
  run,
  env = {},
  user,
  owner = user,
  to,
  issue,
  ...recipe
}: Daemon): Recipe {
  const start: Recipe['start'] = async (bench) => {
    const [port, second, third] = [await freePort(), await freePort(), await freePort()]
    const replacements = Object.fromEntries(ports.map((text, index) => [text, text.replace(/\d+$/, String([port, second, third][index]))]))
    const paths = files.map((name) => bench.configure(name, { ...replacements, ...(folder !== undefined && { [folder]: bench.folder }) }))
    const words = { FOLDER: bench.folder, PORT: port, PORT2: second, PORT3: third, FILE: paths.at(-1), SECRET: bench.secret }
    const fill = (text: string): string =>
      text.replaceAll(/\b(?:FOLDER|PORT[23]?|FILE|SECRET)\b/g, (word) => String(words[word as keyof typeof words]))
    for (const [name, text] of Object.entries(write)) bench.write(name, fill(text), name.endsWith('.key') ? 0o600 : 0o644)
    if (owner !== undefined) bench.giveTo(owner)
    const filled = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fill(value)]))
    const serve = (line: string, at: number | undefined, by: string | undefined) => {
      const [command = '', ...args] = line.split(' ').map(fill)
      return bench.serve(command, at, { args, env: filled, ...(by !== undefined && { user: by }) })
    }
    for (const [index, line] of before.entries()) await serve(line, index === before.length - 1 ? second : undefined, owner)
    await serve(run, port, user)
    const version = debianVersion(recipe.debian[0] ?? '')
    return { version, ask: to(port, bench), ...(issue && { issue: async (kind) => issue(kind, bench, filled) }) }
  }
  return { ...recipe, start }
}
