/** Adds the guides to the reference: each by its own heading, in the order of docs/README.md. */
import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { Application, Converter } from 'typedoc'

/** The navigation of the guides: the pages of each part, by its name. */
const PARTS = {
  Guides: ['docs/README.md', ...linkedFrom('docs/README.md').filter((page) => posix.dirname(page) === 'docs')],
  Decisions: ['docs/decisions.md'],
  Project: ['examples/README.md', 'bench/README.md', 'bench/RESULTS.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].filter(
    existsSync,
  ),
}

const PAGES = Object.entries(PARTS).flatMap(([part, paths]) => paths.map((path) => ({ part, path })))

const DOORS = ['hs256', 'hs256/sync', 'hs256/http']

const SOURCES = 'https://github.com/hs256/hs256/blob/main/'

/** The pages to which a page links, each once, in order. */
function linkedFrom(page) {
  const links = readFileSync(page, 'utf8').matchAll(/\]\(([^)#:]+\.md)\)/g)
  return [...new Set([...links].map(([, target = '']) => posix.join(posix.dirname(page), target)))]
}

/** Points links to code and folders to the repository: the reference has only pages and images. */
function toRepository(parts, page) {
  return parts.map((part) => {
    if (part.kind !== 'relative-link' || part.text.startsWith('#')) return part
    const target = posix.join(posix.dirname(page), part.text)
    const [path] = target.split('#')
    const isThere = path.endsWith('.svg') || path === 'README.md' || PAGES.some((other) => other.path === path)
    return isThere ? part : { kind: 'text', text: SOURCES + target }
  })
}

/** @param {Application} app */
export function load(app) {
  app.on(Application.EVENT_BOOTSTRAP_END, () => {
    app.options.setValue(
      'projectDocuments',
      PAGES.map(({ path }) => path),
    )
  })
  const coming = PAGES.values() // documents are numbered in the order of the pages
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, document) => {
    const { part, path } = coming.next().value
    const [, title] = /^\s*# (.+)\n/.exec(document.content[0]?.text ?? '') ?? []
    if (title === undefined) throw new Error(`${path} does not begin with a heading`)
    document.name = title.replaceAll('`', '')
    document.frontmatter['category'] = part
    document.content = toRepository(document.content, path)
  })
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    project.readme = toRepository(project.readme, 'README.md')
  })
  const last = -10_000 // after typedoc has sorted by file name
  app.converter.on(
    Converter.EVENT_RESOLVE_END,
    ({ project }) => {
      const doors = project.categories?.find(({ title }) => title === 'API')?.children
      doors?.sort((one, other) => DOORS.indexOf(one.name) - DOORS.indexOf(other.name))
    },
    last,
  )
}
