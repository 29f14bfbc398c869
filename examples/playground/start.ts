/** Builds the playground into `dist/`, which any static host can serve, serves it on loopback until Ctrl-C, and says where. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import colors from 'picocolors'
import { serve } from './serve.ts'
import { readSite } from './site.ts'

const DIST = new URL('dist/', import.meta.url)

const site = await readSite()
rmSync(DIST, { recursive: true, force: true })
mkdirSync(DIST, { recursive: true })
for (const [path, content] of site) writeFileSync(new URL(path, DIST), content)

const { url } = await serve(site, Number(process.env['PORT'] ?? 0))
console.log(`${colors.bold('The playground')} is open: ${colors.cyan(url)}`)
console.log(colors.dim('Nothing that is typed into it leaves the page. Ctrl-C ends it.'))
