/** A page in a real browser that runs a script of ES modules from the packed package, as npm has installed it, under a policy. */
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { inject, onTestFinished } from 'vitest'
import { end, start } from '../../tools/everywhere/browsers.ts'

const PAGE = '<!doctype html><script type="module" src="/script.js"></script>'

/** Opens the page, and gives what its script posts to `/report`. */
export function reportOf(browser: string, script: string, policy: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const server = createServer((request, response) => {
      const { url = '' } = request
      response.setHeader('Content-Security-Policy', policy)
      response.setHeader('Content-Type', url === '/' ? 'text/html' : 'text/javascript')
      if (request.method === 'POST') request.setEncoding('utf8').on('data', resolve)
      response.end(url === '/' ? PAGE : url === '/script.js' ? script : url.startsWith('/hs256/') ? moduleAt(url) : '')
    })
    onTestFinished(() => server.close().closeAllConnections())
    server.listen(0, '127.0.0.1', () => {
      const opened = start(browser, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
      opened.process.on('error', reject).on('exit', (code) => reject(new Error(`${browser} ended, with ${code}`)))
      onTestFinished(() => end(opened))
    })
  })
}

const moduleAt = (url: string): string => {
  const path = join(inject('modules'), url)
  return existsSync(path) ? readFileSync(path, 'utf8') : `throw new Error('no ${url}')`
}
