/** Somebody who would like to hear what is typed, and every way in which a page could tell him. */
import { createServer } from 'node:http'
import type { Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { listenOn } from '../support/port.ts'

interface Listener {
  readonly url: string
  /** The ways by which he has been told something. */
  readonly heard: ReadonlySet<string>
}

/** Listens until the test ends. */
export async function listen(): Promise<Listener> {
  const heard = new Set<string>()
  const server = createServer(({ url = '' }, response) => {
    heard.add(url.slice(1).replace(/\?$/, '')) // a form adds it
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end()
  })
  server.on('upgrade', ({ url = '' }, socket) => {
    heard.add(url.slice(1))
    socket.destroy()
  })
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${await listenOn(server)}/`, heard }
}

/** Tries every way, from within the page, and waits for each to have come to an end. */
export async function tellByAllMeans(page: Page, url: string): Promise<readonly string[]> {
  return page.evaluate(async (url) => {
    const load = (tag: string, address: Readonly<Record<string, string>>): Promise<unknown> => {
      const element = Object.assign(document.createElement(tag), address)
      document.body.append(element)
      return new Promise((resolve) => {
        for (const end of ['load', 'error']) element.addEventListener(end, resolve)
        setTimeout(resolve, 500)
      })
    }
    const ways: Readonly<Record<string, () => unknown>> = {
      fetch: () => fetch(`${url}fetch`, { method: 'POST', body: 'secret' }),
      request: () => {
        const request = new XMLHttpRequest()
        request.open('POST', `${url}request`)
        request.send('secret')
        return new Promise((resolve) => request.addEventListener('loadend', resolve))
      },
      beacon: () => navigator.sendBeacon(`${url}beacon`, 'secret'),
      socket: () => new WebSocket(`${url.replace('http', 'ws')}socket`),
      events: () => new EventSource(`${url}events`),
      image: () => load('img', { src: `${url}image` }),
      style: () => load('link', { rel: 'stylesheet', href: `${url}style` }),
      frame: () => load('iframe', { src: `${url}frame` }),
      script: () => load('script', { src: `${url}script` }),
      media: () => load('video', { src: `${url}media` }),
      font: () => new FontFace('told', `url(${url}font)`).load(),
      form: () => {
        const form = Object.assign(document.createElement('form'), { action: `${url}form`, target: '_blank' })
        document.body.append(form)
        form.submit()
      },
    }
    for (const way of Object.values(ways)) {
      try {
        await way()
      } catch {
        // refused at once
      }
    }
    return Object.keys(ways)
  }, url)
}
