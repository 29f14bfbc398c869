/** The pages with generated tables, each between the comments `<!-- comparison: name -->` and `<!-- /comparison -->`. */
export const PAGES = ['docs/comparison.md'] as const

const PLACE = /^(<!-- comparison: (\w+) -->\n)(.*?)^(<!-- \/comparison -->)$/gms

/** Replaces the tables of a page. Throws if one of them is unknown. */
export function withTables(page: string, tables: Readonly<Record<string, string>>): string {
  return page.replaceAll(PLACE, (_place, start: string, name: string, _old, end: string) => {
    const table = tables[name]
    if (table === undefined) throw new Error(`there is no table ${name}`)
    return `${start}\n${table}\n\n${end}`
  })
}

/** The tables of a page, by name. */
export function tablesIn(page: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...page.matchAll(PLACE)].map(([, , name = '', table = '']) => [name, table.trim()]))
}

/** A table without the times, which differ from run to run, and without padding, whose width they change. */
export function withoutTimes(table: string): string {
  return table.replaceAll(/\d[\d,.]* ×/g, '… ×').replaceAll(/ +|-+(?=[ |])/g, ' ')
}
