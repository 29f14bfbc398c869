/** The results of the comparison as Markdown tables. */
import { table } from '../../bench/table.ts'
import { FEATURES } from './features.ts'
import { manifestOf, NAMES, type Name } from './peers.ts'
import { sizes } from './sizes.ts'
import { speeds } from './speed.ts'
import { verdicts } from './verdicts.ts'

type Row = readonly string[]

const compared = (rows: readonly Row[], head = ''): string => table([{ head }, ...NAMES.map((name) => ({ head: name }))], rows)

/** Every table, by its name in the pages. */
export async function sections(): Promise<Readonly<Record<string, string>>> {
  const [features, packages, right, weights, times] = [await featureRows(), packageRows(), verdicts(), await sizes(), speeds()]
  return {
    features: compared([...packages, ...features]),
    verdicts: compared([right]),
    size: compared(weights, 'min+gzip'),
    speed: compared(times, '× the bare work'),
    summary: compared([...features.filter(([what = '']) => SUMMARY.includes(what)), right, ...summed(packages, weights, times)]),
  }
}

/** The features shown in README.md. */
const SUMMARY = [
  'other algorithms: RS256, ES256, EdDSA',
  'encrypted tokens (JWE)',
  'without promises',
  'a list of secrets, for rotation',
  'claims typed by a schema',
  'a guard for HTTP: cookie or header',
]

function summed(packages: readonly Row[], weights: readonly Row[], times: readonly Row[]): readonly Row[] {
  const named = (prefix: string, rows: readonly Row[]): readonly Row[] => rows.map(([what, ...cells]) => [`${prefix}${what}`, ...cells])
  const races = times.filter(([race = '']) => race.startsWith('verify') || race === 'read')
  return [...packages.filter(([what]) => what === 'dependencies'), ...named('min+gzip ', weights), ...named('time to ', races)]
}

function featureRows(): Promise<readonly Row[]> {
  const cell = async (probe: (() => unknown) | undefined): Promise<string> => {
    try {
      return (await probe?.()) ? 'yes' : '–'
    } catch {
      return '–'
    }
  }
  return Promise.all(
    Object.entries(FEATURES).map(async ([what, probes]) => [what, ...(await Promise.all(NAMES.map((name) => cell(probes[name]))))]),
  )
}

function packageRows(): readonly Row[] {
  const row = (what: string, cell: (manifest: ReturnType<typeof manifestOf>, name: Name) => string): Row => [
    what,
    ...NAMES.map((name) => cell(manifestOf(name), name)),
  ]
  return [
    row('version', ({ version }, name) => (name === 'hs256' ? 'this one' : version)),
    row('dependencies', ({ dependencies = {} }) => String(Object.keys(dependencies).length)),
    row('types included', ({ types, exports }) => (types !== undefined || JSON.stringify(exports ?? '').includes('.d.ts') ? 'yes' : '–')),
  ]
}
