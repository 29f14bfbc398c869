/** Builds the playground into `dist/`, for any static host, and serves it on loopback until Ctrl-C. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { styleText } from 'node:util'
import { serve } from './serve.ts'
import { readSite } from './site.ts'

const DIST = new URL('dist/', import.meta.url)

const site = await readSite()
rmSync(DIST, { recursive: true, force: true })
mkdirSync(DIST, { recursive: true })
for (const [path, content] of site) writeFileSync(new URL(path, DIST), content)

const { url } = await serve(site, Number(process.env['PORT'] ?? 0))
console.log(`${styleText('bold', 'The playground')} runs at ${styleText('cyan', url)}`)
console.log(styleText('dim', 'Nothing that you type leaves the page. Ctrl-C stops it.'))
