/** Chromium, Firefox and WebKit, as packaged by Debian. Each starts on a page in a fresh profile, and is ended with its process group. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineBrowserProvider } from '@vitest/browser'

const { CHROMIUM = '/usr/bin/chromium', FIREFOX = '/usr/bin/firefox-esr' } = process.env
const { WEBKIT = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser' } = process.env

const QUIET = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** The command that starts each on a page, in a profile. */
const LAUNCHERS: Readonly<Record<string, (url: string, profile: string) => readonly string[]>> = {
  chromium: (url, profile) => [
    CHROMIUM,
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    ...QUIET,
    `--user-data-dir=${profile}`,
    url,
  ],
  firefox: (url, profile) => [FIREFOX, '--headless', '--no-remote', '--profile', profile, url],
  webkit: (url) => ['xvfb-run', '-a', WEBKIT, '--private', url],
}

/** The command that prints each version. */
export const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  chromium: [CHROMIUM, '--version'],
  firefox: [FIREFOX, '--version'],
  webkit: ['xvfb-run', '-a', WEBKIT, '--version'],
}

/** A running browser. */
export interface Opened {
  readonly process: ChildProcess
  readonly profile: string
}

/** Starts a browser on a page. */
export function start(browser: string, url: string): Opened {
  const profile = mkdtempSync(join(tmpdir(), `hs256-${browser}-`))
  const [command = '', ...args] = LAUNCHERS[browser]?.(url, profile) ?? []
  const process = spawn(command, args, { detached: true, stdio: 'ignore' })
  process.on('error', (error) => console.error(`${browser} could not be started: ${error.message}`))
  return { process, profile }
}

/** Ends a browser, and removes its profile. */
export function end({ process: { pid }, profile }: Opened): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // it has ended by itself
  }
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
}

/** The provider for the configuration of vitest. */
export const browsers: ReturnType<typeof defineBrowserProvider> = defineBrowserProvider({
  name: 'debian',
  supportedBrowser: Object.keys(LAUNCHERS),
  providerFactory: (project) => {
    const opened: Opened[] = []
    project.browser?.registerCommand('__vitest_viewport' as never, (() => {}) as never) // the page requests it, but no test needs it
    return {
      name: 'debian',
      supportsParallelism: false,
      getCommandsContext: () => ({}),
      openPage: async (_session, url) => void opened.push(start(project.config.browser.name, url)),
      close: () => opened.splice(0).forEach(end),
    }
  },
})
