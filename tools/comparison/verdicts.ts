/** How many verdicts of the hostile corpus each library gets right, from docs/corpus.md. */
import { readFileSync } from 'node:fs'
import { NAMES } from './peers.ts'

/** A row with the total of each library. jwt-decode has none, because it verifies nothing. */
export function verdicts(): readonly [what: string, ...cells: string[]] {
  const page = readFileSync(new URL('../../docs/corpus.md', import.meta.url), 'utf8')
  const totals = new Map([...page.matchAll(/^\| (\S+) +\| +(\d+ of \d+) \|$/gm)].map(([, name = '', total = '']) => [name, total]))
  const cells = NAMES.map((name) => {
    const total = name === 'jwt-decode' ? '–' : totals.get(name)
    if (total === undefined) throw new Error(`docs/corpus.md lacks a total for ${name}`)
    return total
  })
  return ['right verdicts on hostile input', ...cells]
}
