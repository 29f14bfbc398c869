/** Checks the reference that typedoc has written: every link leads to one of its pages, and no guide is a mere copy. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const REFERENCE = fileURLToPath(new URL('../docs/api', import.meta.url))

const pages = readdirSync(REFERENCE, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.html'))

const problems = pages.flatMap((page) => {
  const links = [...readFileSync(join(REFERENCE, page), 'utf8').matchAll(/(?:href|src)="(?![a-z]+:|#)([^"#]+)/g)].map(
    ([, link = '']) => link,
  )
  const targets = [...new Set(links)].map((link) => join(dirname(page), link))
  const wrong = targets.filter(
    (target) => !existsSync(join(REFERENCE, target)) || (target.startsWith('media/') && !target.endsWith('.svg')),
  )
  return wrong.map((target) => `${page} → ${target}`)
})

for (const problem of problems) console.log(`✗ ${problem}`)
console.log(`${pages.length} pages in docs/api, ${problems.length} wrong links`)
if (problems.length > 0 || pages.length < 50) process.exitCode = 1
