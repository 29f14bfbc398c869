/** The pages that are documentation, and the code that stands in them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT: string = join(import.meta.dirname, '..', '..')

/** A piece of code that is shown, and is to run. */
export interface Block {
  readonly title: string
  readonly code: string
}

/** Every page: those beside README.md, those of docs/ but for the reference, those of folders that have one of their own, and what the bench writes. */
export const PAGES: readonly string[] = [
  ...readdirSync(ROOT).filter((path) => path.endsWith('.md')),
  ...filesOf('docs', '.md').filter((path) => !/^docs.(?:internals.)?api\b/.test(path)),
  ...['bench', 'examples', 'load', 'tools/mutation'].map((folder) => join(folder, 'README.md')),
  join('bench', 'RESULTS.md'),
]

export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

export function filesOf(folder: string, ending: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending) && !path.includes('node_modules'))
    .map((path) => join(folder, path))
}

/** The fenced blocks of a page in one of these languages; one that says `continued` goes on with the one before it. */
export function blocksOf(page: string, text: string, languages: string): readonly Block[] {
  const blocks: Block[] = []
  for (const [, language = '', continued, code = ''] of text.matchAll(/^```(\w+)( continued)?\n(.*?)^```$/gms)) {
    if (!languages.split(' ').includes(language)) continue
    const previous = continued === undefined ? undefined : blocks.pop()
    blocks.push({ title: previous?.title ?? `${page}, block ${blocks.length + 1}`, code: `${previous?.code ?? ''}${code}` })
  }
  return blocks
}
