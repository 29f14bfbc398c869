/**
 * `npm run systems`: runs the recipes against the real systems, and writes results.json and the tables of docs/systems.md. `--check`
 * compares them instead, except for dates and versions. `--servers`, `--npm`, `--ci` and names select recipes.
 */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { JwtError, type JwtKey, type Verifier } from 'hs256'
import { format, resolveConfig } from 'prettier'
import { install } from '../tools/install.ts'
import { Bench, installDebian } from './bench.ts'
import { differences } from './differences.ts'
import { blocksOf, PAGE, readResults, RESULTS, SYSTEMS, toJson, withoutVersions, withTables } from './page.ts'
import { PROBES, type Kind, type Recipe, type Result, type Running } from './recipe.ts'
import { probe, tokensOf } from './tokens.ts'

const flag = { type: 'boolean', default: false } as const
const { values, positionals } = parseArgs({ allowPositionals: true, options: { check: flag, servers: flag, npm: flag, ci: flag } })

if (!values.servers) install(import.meta.dirname)
const packages = values.servers ? [] : (await import('./packages.ts')).PACKAGES
const { SERVERS, IN_CI } = await import('./servers.ts')
const servers = SERVERS.filter(({ system }) => !values.npm && (!values.ci || IN_CI.includes(system)))
const named = (system: string): boolean => positionals.some((name) => system.toLowerCase().includes(name.toLowerCase()))
const recipes = [...servers, ...packages].filter(({ system }) => positionals.length === 0 || named(system))
if (recipes.length === 0) throw new Error('there is no such recipe')

installDebian(recipes.flatMap(({ debian = [] }) => debian))

const results: Record<string, Result> = { ...readResults() }
const failures: string[] = []
for (const recipe of recipes) {
  const start = Date.now()
  const faults = await examine(recipe).catch((error: unknown) => [error instanceof Error ? error.message : String(error)])
  console.log(`${faults.length === 0 ? '✓' : '✗'} ${recipe.system} (${Math.round((Date.now() - start) / 1000)} s)`)
  for (const fault of faults) console.log(`    ${fault}`)
  if (faults.length > 0) failures.push(recipe.system)
}

const page = await format(withTables(readFileSync(PAGE, 'utf8'), results), { ...(await resolveConfig(PAGE)), filepath: PAGE })
if (!values.check) {
  writeFileSync(RESULTS, toJson(results))
  writeFileSync(PAGE, page)
} else if (readFileSync(PAGE, 'utf8') !== page) failures.push('docs/systems.md is outdated: run npm run systems')
const missing = SYSTEMS.filter(({ system }) => results[system] === undefined)
for (const { system } of missing) failures.push(`${system} has no result`)
console.log(`${recipes.length} recipes; failed: ${failures.length === 0 ? 'none' : failures.join(', ')}`)
process.exit(failures.length === 0 ? 0 : 1)

/** Runs a recipe, and returns what is wrong. */
async function examine(recipe: Recipe): Promise<readonly string[]> {
  const { system, claims, secret: written, carried, probes = PROBES, ages, start } = recipe
  const secret = randomBytes(32).toString('hex')
  const blocks = blocksOf(system)
  const bench = new Bench(blocks, secret)
  const interrupt = (): void => void bench.end().finally(() => process.exit(130))
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, interrupt)
  try {
    process.env['JWT_SECRET'] = secret
    process.env['JWT_SECRET_FILE'] = bench.secretFile
    const { version, ask, issue } = await start(bench)
    const { key, token, check } = await codeOf(
      blocks.filter(({ language }) => language === 'ts').map(({ code }) => code),
      system,
    )
    const faults: string[] = []
    const found: { -readonly [Name in keyof Result]: Result[Name] } = {
      version,
      date: new Date().toISOString().slice(0, 10),
      claims,
      secret: written,
      carried,
      probes: {},
    }
    if (ask !== undefined) {
      found.there = await answersTo(await tokensOf(token, key, ages), ask, faults)
      for (const name of probes)
        found.probes = { ...found.probes, [name]: await probe(name, token, key, recipe, secret, ask, results[system]?.probes.length) }
    }
    if (issue !== undefined) {
      const verified = async (jwt: string) => {
        const code = await check(jwt).then(
          () => undefined,
          (error: unknown) => (error instanceof JwtError ? error.code : String(error)),
        )
        return { accepted: code === undefined, text: code === undefined ? 'verified' : `\`${code}\`` }
      }
      const tokens = { good: await issue('good'), expired: await issue('expired'), forged: await issue('forged') }
      found.here = await answersTo(tokens, verified, faults)
      found.differs = differences(token, tokens.good)
    }
    if (ask === undefined && issue === undefined) faults.push('it neither takes nor makes a token')
    const old = results[system]
    if (values.check && withoutVersions(old) !== withoutVersions(found))
      faults.push(`the answers differ from results.json: ${withoutVersions(found)}`)
    if (faults.length === 0 && !values.check) results[system] = found
    return faults
  } finally {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, interrupt)
    await bench.end()
  }
}

async function answersTo(
  tokens: Readonly<Record<Kind, string>>,
  ask: NonNullable<Running['ask']>,
  faults: string[],
): Promise<Readonly<Record<Kind, string>>> {
  const texts: Record<Kind, string> = { good: '', expired: '', forged: '' }
  for (const kind of ['good', 'expired', 'forged'] as const) {
    const { accepted, text } = await ask(tokens[kind])
    texts[kind] = text
    if (accepted !== (kind === 'good')) faults.push(`the ${kind} token was ${accepted ? 'accepted' : 'rejected'}: ${text}`)
  }
  return texts
}

/** Runs the section's code, and returns its `key`, `token` and `check`. */
async function codeOf(blocks: readonly string[], system: string) {
  const code = blocks.join('\n')
  const names = ['key', 'token', 'check'].filter((name) => new RegExp(`^const ${name}\\b`, 'm').test(code))
  const folder = join(import.meta.dirname, '.cache')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${system.toLowerCase().replaceAll(/\W+/g, '-')}.ts`)
  writeFileSync(file, `${code}\nexport { ${names.join(', ')} }\n`)
  return (await import(pathToFileURL(file).href)) as { readonly key: JwtKey; readonly token: string; readonly check: Verifier }
}
