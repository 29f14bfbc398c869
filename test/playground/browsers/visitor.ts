/** Somebody who uses the page, in whichever browser: what one does with hands and eyes, and no more. */
import { insist } from './launch.ts'

export interface Visitor {
  readonly open: (url: string) => Promise<void>
  /** Replaces what a field holds, by the keyboard. */
  readonly fill: (selector: string, text: string) => Promise<void>
  readonly click: (selector: string) => Promise<void>
  /** What is to be read there, `''` where nothing is seen. */
  readonly read: (selector: string) => Promise<string>
  /** What a script of the page gives, or the name of what it throws. */
  readonly run: (script: string) => Promise<unknown>
  readonly leave: () => Promise<void>
}

/** Sends a command of WebDriver to a browser, by the name that Marionette knows it by. */
export type Send = (command: string, parameters?: object) => Promise<unknown>

/** The name under which WebDriver hands out an element (W3C WebDriver §11). */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'

export function toVisitor(send: Send, leave: () => Promise<void>): Visitor {
  const find = async (selector: string): Promise<{ readonly id: string | undefined }> => {
    // WebKit says that a page is there before its modules have run.
    const found = await insist(() => send('FindElement', { using: 'css selector', value: selector }))
    return { id: (found as Readonly<Record<string, string>>)[ELEMENT] }
  }
  return {
    open: async (url) => void (await send('Navigate', { url })),
    fill: async (selector, text) => {
      const element = await find(selector)
      await send('ElementClear', element)
      if (text !== '') await send('ElementSendKeys', { ...element, text })
    },
    click: async (selector) => void (await send('ElementClick', await find(selector))),
    read: async (selector) => String(await send('GetElementText', await find(selector))),
    run: (script) =>
      send('ExecuteAsyncScript', {
        script: `const [done] = arguments; (async () => ${script})().then(done, (e) => done(e.name))`,
        args: [],
      }),
    leave,
  }
}
