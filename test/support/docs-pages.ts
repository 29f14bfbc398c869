/** The pages that are documentation, and what stands in them: code, headings, links. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

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

/** A page without its code, where a number or a bracket is prose. */
export function proseOf(text: string): string {
  return text.replaceAll(/^```.*?^```$/gms, '').replaceAll(/`[^`\n]*`/g, '``')
}

/** A relative link, and the page that it stands on. */
export interface Link {
  readonly page: string
  readonly target: string
  readonly fragment: string
}

/** The links of a page that lead to somewhere in the repository; images and definitions among them. */
export function linksOf(page: string, text: string): readonly Link[] {
  const inline = [...proseOf(text).matchAll(/\]\(<?([^()\s>]+)>?(?: "[^"]*")?\)/g)]
  const references = [...proseOf(text).matchAll(/^\[[^\]]+\]: +(\S+)$/gm)]
  const sources = [...text.matchAll(/ (?:src|srcset|href)="([^"]+)"/g)]
  return [...inline, ...references, ...sources].flatMap(([, url = '']) => {
    if (/^[a-z]+:/.test(url)) return []
    const [path = '', fragment = ''] = url.split('#')
    return { page, target: path === '' ? page : join(dirname(page), path), fragment }
  })
}

/** The anchors that GitHub gives to the headings of a page. */
export function anchorsOf(text: string): readonly string[] {
  const anchors: string[] = []
  for (const [, heading = ''] of text.replaceAll(/^```.*?^```$/gms, '').matchAll(/^#{1,6} +(.+)$/gm)) {
    const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const slug = words.replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '').replaceAll(' ', '-')
    const taken = anchors.filter((anchor) => anchor.replace(/-\d+$/, '') === slug).length
    anchors.push(taken === 0 ? slug : `${slug}-${taken}`)
  }
  return anchors
}

/** What is wrong with a link, where something is. */
export function brokenOf({ page, target, fragment }: Link): readonly string[] {
  if (!existsSync(join(ROOT, target))) return [`${page} → ${target}`]
  const isThere = fragment === '' || (target.endsWith('.md') && anchorsOf(read(target)).includes(fragment))
  return isThere ? [] : [`${page} → ${target}#${fragment}`]
}
