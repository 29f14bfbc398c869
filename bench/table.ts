/** Markdown tables that are also readable as text, and their places in pages. */
import { readFileSync, writeFileSync } from 'node:fs'

/** A column: its head, and whether its cells are aligned to the right, like numbers. */
export interface Column {
  readonly head: string
  readonly right?: boolean
}

/** Writes a table as Prettier would. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ head }, i) => Math.max(3, head.length, ...rows.map((row) => row[i]!.length)))
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const pad = (cell: string, i: number) => (columns[i]!.right ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))
  const rule = columns.map(({ right }, i) => (right ? `${'-'.repeat(widths[i]! - 1)}:` : '-'.repeat(widths[i]!)))
  return [line(columns.map(({ head }, i) => pad(head, i))), line(rule), ...rows.map((row) => line(row.map(pad)))].join('\n')
}

/** The page with a text between `<!-- mark -->` and the next mark. */
export function placed(page: string, mark: string, text: string): string {
  const [before = '', after = ''] = page.split(`<!-- ${mark} -->\n\n`, 2)
  if (!after.includes('\n\n<!-- /')) throw new TypeError(`the page lacks the mark ${mark}`)
  return `${before}<!-- ${mark} -->\n\n${text}${after.slice(after.indexOf('\n\n<!-- /'))}`
}

/** Writes a text into a page of this repository. */
export function place(path: string, mark: string, text: string): void {
  const page = new URL(`../${path}`, import.meta.url)
  writeFileSync(page, placed(readFileSync(page, 'utf8'), mark, text))
}
