#!/usr/bin/env bash
# Which cookies of a token browsers keep from http://a.app.localhost, which is a secure context in all of them.
# Chromium 156 and Firefox ESR 153.8 keep a `Secure` cookie there, also under the name prefixes that need it, drop a pair of more than 4096
# bytes and shorten Max-Age to 400 days. WebKitGTK 2.50.6 keeps no `Secure` cookie there, but the long pair, and all of the Max-Age.
# Needs Debian's packages instead of npm's: apt-get install chromium firefox-esr libwebkit2gtk-4.1-0 webkit2gtk-driver xvfb xauth python3
# Prints each version and what it kept, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export WEBKIT=${WEBKIT:-/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser}
chromium --version
firefox-esr --version
xvfb-run -a "$WEBKIT" --version
cat >check.mjs <<'JS'
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'

const pair = (name, length) => `${name}=${'v'.repeat(length - name.length)}; Path=/`
const names = ['jwt', '__Secure-jwt', '__Host-jwt', '__Http-jwt', '__Host-Http-jwt']
const cookies = [
  ...names.map((name) => `${name}=1; Path=/; HttpOnly; Secure; SameSite=Lax`),
  pair('bytes4096', 4096),
  pair('bytes4097', 4097),
  'shared=1; Path=/; Domain=app.localhost',
  'days401=1; Path=/; Max-Age=34646400',
]
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** When `days401` expires, from the store of Firefox (in milliseconds) or WebKitGTK (in seconds). */
const expiry = (file) =>
  Number(
    execFileSync('python3', [
      '-c',
      `import sqlite3; print(sqlite3.connect('${file}').execute("select expiry from moz_cookies where name = 'days401'").fetchone()[0])`,
    ]),
  )
const expires = {
  chromium: (_profile, report) => JSON.parse(report).expires,
  firefox: (profile) => expiry(`${profile}/cookies.sqlite`),
  webkit: (profile) => expiry(`${profile}/cookies`) * 1000,
}

async function keptBy(browser) {
  const profile = mkdtempSync(join(process.cwd(), 'profile-'))
  const seen = {}
  let end
  const ended = new Promise((resolve) => (end = resolve))
  const page = `<script>
    const report = async () => JSON.stringify((await cookieStore.getAll()).find(({ name }) => name === 'days401') ?? null)
    fetch('/here').then(report).then((text) => fetch('/report?' + encodeURIComponent(text)))
      .then(() => (location = 'http://b.app.localhost:' + location.port + '/there'))
  </script>`
  const server = createServer({ maxHeaderSize: 65_536 }, ({ url, headers }, response) => {
    const found = (headers.cookie ?? '').split('; ').map((cookie) => cookie.split('=')[0]).sort()
    if (url === '/') return response.writeHead(200, { 'content-type': 'text/html', 'set-cookie': cookies }).end(page)
    if (url === '/here') seen.here = found
    if (url.startsWith('/report?')) seen.report = decodeURIComponent(url.slice('/report?'.length))
    if (url === '/there') seen.there = found
    response.end()
    if (url === '/there') end()
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://a.app.localhost:${server.address().port}/`
  const [command, ...args] = {
    chromium: ['chromium', '--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', `--user-data-dir=${profile}`, url],
    firefox: ['firefox-esr', '--headless', '--no-remote', '--profile', profile, url],
    webkit: ['xvfb-run', '-a', process.env.WEBKIT, `--cookies-file=${profile}/cookies`, url],
  }[browser]
  const { pid } = spawn(command, args, { detached: true, stdio: 'ignore' })
  await Promise.race([ended, sleep(60_000)])
  await sleep(6000) // until the store is written
  process.kill(-pid, 'SIGKILL')
  server.closeAllConnections()
  server.close()
  if (seen.there === undefined) throw new Error(`${browser} did not open the pages`)
  await sleep(500)
  const days = Math.round((expires[browser](profile, seen.report) - Date.now()) / 86_400_000)
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  return `here: ${seen.here.join(' ')}; there: ${seen.there.join(' ')}; ${days} days`
}

const secure = '__Host-Http-jwt __Host-jwt __Http-jwt __Secure-jwt'
const expected = {
  chromium: `here: ${secure} bytes4096 days401 jwt shared; there: shared; 400 days`,
  firefox: `here: ${secure} bytes4096 days401 jwt shared; there: shared; 400 days`,
  webkit: 'here: bytes4096 bytes4097 days401 shared; there: shared; 401 days',
}
for (const browser of Object.keys(expected)) {
  const kept = await keptBy(browser)
  console.log(`${browser}: ${kept}`)
  if (kept !== expected[browser]) throw new Error('no longer so')
}
process.exit() // the timers of the races may still run
JS
node check.mjs
