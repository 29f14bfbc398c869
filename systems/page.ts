/** docs/systems.md, whose tables show the results, and the pages with a section for each system. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Block } from './bench.ts'
import { PROBES, type Result } from './recipe.ts'

export type Results = Readonly<Record<string, Result>>

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export const PAGE = at('../docs/systems.md')
export const RESULTS = at('./results.json')

/** The pages with the recipes, by their path from docs/. */
const SECTIONS = ['systems/servers.md', 'systems/packages.md'].map((path) => ({ path, text: readFileSync(at(`../docs/${path}`), 'utf8') }))

/** The systems that have a section, in the order of the pages. */
export const SYSTEMS = SECTIONS.flatMap(({ path, text }) =>
  [...text.replaceAll(/^```.*?^```$/gms, '').matchAll(/^## (.+)$/gm)].map(([, system = '']) => ({ system, path })),
)

/** The blocks of code in a system's section. */
export function blocksOf(system: string): readonly Block[] {
  for (const { text } of SECTIONS) {
    const section = `${text}\n## `.split(/^## /m).find((part) => part.startsWith(`${system}\n`))
    if (section === undefined) continue
    return [...section.matchAll(/^```(\w+)(?: systems)?\n(.*?)^```$/gms)].map(([, language = '', code = '']) => ({ language, code }))
  }
  throw new Error(`docs/systems has no section ${system}`)
}

const yesNo = (value: boolean | number | undefined): string => (value === undefined ? '–' : value === true ? 'yes' : 'no')
const listed = (names: readonly string[] | undefined): string =>
  names === undefined ? '–' : names.map((name) => `\`${name}\``).join(', ') || 'nothing'
const longest = (value: boolean | number | undefined): string =>
  typeof value === 'number' ? (value >= 64_000 ? 'over 64,000' : value.toLocaleString('en-US')) : '–'

/** Every table, by its name in docs/systems.md, as rows of cells. */
const TABLES: Readonly<
  Record<string, { readonly head: readonly string[]; readonly row: (result: Result) => readonly string[] | undefined }>
> = {
  needs: {
    head: ['version', 'the secret is', 'the token is sent', 'required claims'],
    row: ({ version, secret, carried, claims }) => [version, secret, carried, claims],
  },
  answers: {
    head: ['good', 'expired', 'wrong signature', 'run on'],
    row: ({ there, date }) => there && [there.good, there.expired, there.forged, date],
  },
  limits: {
    head: ['no `exp`', '`iat` 30 s ahead', "someone else's `aud`", '`typ: at+jwt`', 'unknown `kid`', 'longest token'],
    row: ({ probes }) =>
      Object.keys(probes).length === 0
        ? undefined
        : PROBES.map((name) => (name === 'length' ? longest(probes.length) : yesNo(probes[name]))),
  },
  here: {
    head: ['good', 'expired', 'wrong signature', 'our token differs in', 'run on'],
    row: ({ here, differs, date }) => here && [here.good, here.expired, here.forged, listed(differs), date],
  },
}

const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`

/** docs/systems.md with its tables written anew. */
export function withTables(page: string, results: Results): string {
  return page.replaceAll(/^(<!-- systems: (\w+) -->\n).*?^(<!-- \/systems -->)$/gms, (_place, start: string, name: string, end: string) => {
    const { head, row } = TABLES[name] ?? { head: [], row: () => undefined }
    if (head.length === 0) throw new Error(`there is no table ${name}`)
    const rows = SYSTEMS.flatMap(({ system, path }) => {
      const result = results[system]
      const cells = result && row(result)
      const anchor = system
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-')
      return cells === undefined ? [] : [line([`[${system}](${path}#${anchor})`, ...cells])]
    })
    return `${start}\n${[line(['', ...head]), line(['-', ...head.map(() => '-')]), ...rows].join('\n')}\n\n${end}`
  })
}

export const readResults = (): Results => JSON.parse(readFileSync(RESULTS, 'utf8')) as Results

/** One system a line, in the order of the pages. */
export function toJson(results: Results): string {
  const lines = SYSTEMS.flatMap(({ system }) => (results[system] ? [`${JSON.stringify(system)}: ${JSON.stringify(results[system])}`] : []))
  return `{\n${lines.join(',\n')}\n}\n`
}

/** What must be equal in every run: neither dates nor versions, which Debian's updates change. */
export const withoutVersions = (result: Result | undefined): string => JSON.stringify({ ...result, version: '', date: '' })
