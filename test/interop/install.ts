/** Installs what the implementations need: Debian packages, and the npm packages of `peers/package.json`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PEERS, run } from './conversation.ts'
import type { Implementation } from './implementation.ts'

/** Installs what is missing. If a package cannot be installed, `versionOf` reports it later. */
export async function install(implementations: readonly Implementation[]): Promise<void> {
  const wanted = [...new Set(implementations.flatMap(debianOf))]
  const states = await Promise.all(wanted.map(installedVersion))
  const missing = wanted.filter((_, index) => states[index] === undefined)
  if (missing.length > 0) await attempt(`${asRoot} apt-get update && ${apt} ${missing.join(' ')}`)
  await attempt('npm ci --no-audit --no-fund --loglevel=error')
}

const asRoot = process.getuid?.() === 0 ? '' : 'sudo -n'
const apt = `${asRoot} env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends`

async function attempt(command: string): Promise<void> {
  await run(command).catch((error: unknown) => console.error(String(error)))
}

function debianOf({ from, needs = [] }: Implementation): readonly string[] {
  return 'debian' in from ? [from.debian, ...needs] : needs
}

async function installedVersion(name: string): Promise<string | undefined> {
  const [line = ''] = await run(`dpkg-query -W -f '\${db:Status-Status} \${Version}\\n' ${name} 2>/dev/null || true`)
  return /^installed (?:\d+:)?(.*?)(?:\+dfsg.*|\+ds.*)?(?:-[^-]*)?$/.exec(line)?.[1]
}

/** The upstream version of an implementation. Throws if it, or something that it needs, is not installed. */
export async function versionOf(implementation: Implementation): Promise<string> {
  const { from } = implementation
  const debian = debianOf(implementation)
  const versions = await Promise.all(debian.map(installedVersion))
  const missing = debian.filter((_, index) => versions[index] === undefined)
  if (missing.length > 0) throw new Error(`not installed: ${missing.join(', ')}`)
  if ('debian' in from) return versions[0]!
  const manifest = readFileSync(join(PEERS, 'node_modules', from.npm, 'package.json'), 'utf8')
  return (JSON.parse(manifest) as { readonly version: string }).version
}
