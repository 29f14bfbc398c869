/** Compares the libraries, and writes the tables of docs/comparison.md. */
import { readFileSync, writeFileSync } from 'node:fs'
import { PAGES, withTables } from './pages.ts'
import { sections } from './sections.ts'

const tables = await sections()
for (const [name, table] of Object.entries(tables)) console.log(`${name}\n\n${table}\n`)
for (const page of PAGES) {
  const path = new URL(`../../${page}`, import.meta.url)
  writeFileSync(path, withTables(readFileSync(path, 'utf8'), tables))
}
