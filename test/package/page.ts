/** A page in a real browser that runs a script of ES modules from the packed package, as npm has installed it, under a policy. */
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { inject, onTestFinished } from 'vitest'
import { end, start } from '../../tools/everywhere/browsers.ts'
import { listenOn } from '../support/port.ts'

/** Opens the page, and gives what its script posts to `/report`. */
export async function reportOf(browser: string, script: string, policy: string): Promise<string> {
  const server = createServer(({ url = '' }, response) => {
    const file = join(inject('modules'), url)
    response.setHeader('Content-Security-Policy', policy)
    response.setHeader('Content-Type', url === '/' ? 'text/html' : 'text/javascript')
    if (url === '/') response.end('<!doctype html><script type="module" src="/script.js"></script>')
    else response.end(url === '/script.js' ? script : existsSync(file) ? readFileSync(file) : '')
  })
  onTestFinished(() => server.close().closeAllConnections())
  const opened = start(browser, `http://127.0.0.1:${await listenOn(server)}/`)
  onTestFinished(() => end(opened))
  return new Promise((resolve, reject) => {
    server.on('request', (request) => request.method === 'POST' && request.setEncoding('utf8').on('data', resolve))
    opened.process.on('error', reject).on('exit', (code) => reject(new Error(`${browser} ended, with ${code}`)))
  })
}
