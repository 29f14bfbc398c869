/** WebKit, by WebKitWebDriver: WebDriver over HTTP, with the browser that comes along with it. */
import { freePort } from '../../support/port.ts'
import { insist, launch } from './launch.ts'
import { toVisitor, type Send, type Visitor } from './visitor.ts'

/** Where each command goes (W3C WebDriver §8.6), under the session. */
const PATHS: Readonly<Record<string, (id: string) => readonly [method: string, path: string]>> = {
  Navigate: () => ['POST', 'url'],
  FindElement: () => ['POST', 'element'],
  ElementClear: (id) => ['POST', `element/${id}/clear`],
  ElementSendKeys: (id) => ['POST', `element/${id}/value`],
  ElementClick: (id) => ['POST', `element/${id}/click`],
  GetElementText: (id) => ['GET', `element/${id}/text`],
  ExecuteAsyncScript: () => ['POST', 'execute/async'],
}

/** Starts it, on a screen that nobody sees. */
export async function startWebKit(): Promise<Visitor> {
  const port = await freePort()
  const driver = `http://127.0.0.1:${port}/session`
  const { end } = launch(() => ['xvfb-run', '-a', 'WebKitWebDriver', '--host=127.0.0.1', `--port=${port}`])
  try {
    const { sessionId } = (await insist(() => ask('POST', driver, { capabilities: {} }))) as { readonly sessionId: string }
    const session = `${driver}/${sessionId}`
    const send: Send = async (command, parameters = {}) => {
      const { id = '', ...rest } = parameters as { readonly id?: string }
      const [method, path] = PATHS[command]?.(id) ?? ['POST', command]
      return ask(method, `${session}/${path}`, rest)
    }
    return toVisitor(send, async () => {
      await ask('DELETE', session)
      await end()
    })
  } catch (error) {
    await end()
    throw error
  }
}

async function ask(method: string, url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, { method, ...(method === 'POST' ? { body: JSON.stringify(body) } : {}) })
  const { value } = (await response.json()) as { readonly value: unknown }
  if (!response.ok) throw new Error(`${method} ${url}: ${JSON.stringify(value)}`)
  return value
}
