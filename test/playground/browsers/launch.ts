/** Starts a browser in a profile of its own, and ends it with all its children. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

interface Launched {
  readonly profile: string
  readonly end: () => Promise<void>
}

/** Starts a command, which is told the folder. */
export function launch(toCommand: (profile: string) => readonly string[]): Launched {
  const profile = mkdtempSync(join(tmpdir(), 'playground-'))
  const [program = '', ...parameters] = toCommand(profile)
  const child = spawn(program, parameters, { detached: true, stdio: 'ignore', env: { ...process.env, HOME: profile } })
  const ended = once(child, 'exit').catch(() => undefined) // it may not be there
  return {
    profile,
    end: async () => {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid) // the whole group
      await Promise.race([ended, sleep(5000, undefined, { ref: false })])
      rmSync(profile, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}

/** Asks again until it works, or the patience is at its end; then it fails for the last reason. */
export async function insist<Result>(work: () => Promise<Result> | Result, patience = 30_000): Promise<Result> {
  for (const end = Date.now() + patience; ;) {
    try {
      return await work()
    } catch (error) {
      if (Date.now() > end) throw error
      await sleep(100)
    }
  }
}
