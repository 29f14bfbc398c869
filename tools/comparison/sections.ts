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
  }
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
