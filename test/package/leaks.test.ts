/** What loggers show of an error of the packed package, and worker threads of each Node: never a claim, an issue of a schema or a kid. */
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { expect, it } from 'vitest'
import { PROGRAMS } from '../../tools/everywhere/runtimes.ts'
import { ROOT } from '../support/docs-pages.ts'
import { EMAIL, REVEALED, type Way } from '../support/personal-errors.ts'
import { project } from './project.ts'
import { run } from './run.ts'

/** The errors as a module that imports the package by its names. */
function bundle(): string {
  const entryPoints = [join(import.meta.dirname, '../support/personal-errors.ts')]
  const options = { bundle: true, format: 'esm', target: 'es2022', write: false } as const
  return String(buildSync({ entryPoints, external: ['hs256', 'hs256/http'], ...options }).outputFiles[0]?.text)
}

/** What a script that exports `show` shows of each error, by the names of the errors. */
function shownBy(script: string, packages: readonly string[], program: string = process.execPath): Readonly<Record<string, string>> {
  const main = `
    import { allErrors } from './personal-errors.mjs'
    import { show } from './show.mjs'
    const shown = {}
    for (const [name, error] of Object.entries(await allErrors())) shown[name] = await show(error, name)
    console.log(JSON.stringify(shown))
  `
  const folder = project(
    { 'personal-errors.mjs': bundle(), 'show.mjs': script, 'main.mjs': main },
    packages,
    join(ROOT, 'tools/loggers/node_modules'),
  )
  return JSON.parse(run([program, 'main.mjs'], folder)) as Readonly<Record<string, string>>
}

/** Expects that nothing is shown of the package's errors but their messages, and that an error that reveals a claim is seen to do so. */
function expectNoLeak(shown: Readonly<Record<string, string>>, way: Way): void {
  const leaking = Object.keys(shown).filter((name) => shown[name]?.includes(EMAIL))
  expect(leaking).toEqual([])
  expect(shown['an expired token']).toContain('token has expired (exp)')
  expect(Object.keys(shown).length).toBeGreaterThan(13)
  expect(shown[way]).toContain(REVEALED[way])
}

/** A script for each logger. */
const LOGGERS: Readonly<Record<string, string>> = {
  pino: `
    import { pino } from 'pino'
    export function show(error) {
      const lines = []
      const { err, errWithCause } = pino.stdSerializers
      for (const serializers of [undefined, { err, error: err }, { err: errWithCause, error: errWithCause }]) {
        const log = pino({ serializers }, { write: (line) => lines.push(line) })
        log.error(error)
        log.error({ error, list: [error] }, 'failed')
        log.error({ err: new Error('failed', { cause: error }) })
      }
      return lines.join('')
    }
  `,
  winston: `
    import { Writable } from 'node:stream'
    import winston from 'winston'
    const { combine, errors, json, prettyPrint, simple, splat } = winston.format
    export async function show(error) {
      let text = ''
      for (const format of [json(), simple(), prettyPrint({ depth: 10 }), combine(errors({ stack: true, cause: true }), splat(), json())]) {
        const stream = new Writable({ write: (chunk, _encoding, done) => { text += chunk; done() } })
        const log = winston.createLogger({ format, transports: [new winston.transports.Stream({ stream })] })
        log.error(error)
        log.error('failed', error)
        log.error('failed', { error, list: [error] })
        log.end()
        await new Promise((resolve) => log.on('finish', resolve))
      }
      return text
    }
  `,
  '@sentry/node': `
    import { captureException, extraErrorDataIntegration, flush, init, withScope } from '@sentry/node'
    const sent = []
    const transport = () => ({ send: async (envelope) => (sent.push(envelope), {}), flush: async () => true })
    const integrations = [extraErrorDataIntegration({ depth: 10, captureErrorCause: true })]
    init({ dsn: 'https://public@sentry.example/1', transport, normalizeDepth: 10, defaultIntegrations: false, integrations })
    export async function show(error) {
      sent.length = 0
      captureException(error, { extra: { error, list: [error] }, contexts: { token: { error } } })
      captureException(new Error('failed', { cause: error }))
      withScope((scope) => captureException('failed', scope.setExtra('error', error)))
      await flush()
      return JSON.stringify(sent)
    }
  `,
  'serialize-error': `
    import { serializeError } from 'serialize-error'
    export const show = (error) => JSON.stringify([serializeError(error), serializeError({ error, list: [error] }), serializeError(new AggregateError([error], 'failed', { cause: error }))])
  `,
}

it.each(Object.entries(LOGGERS))('%s shows no claim of an error, and would show one in a property', (logger, script) => {
  expectNoLeak(shownBy(script, [logger]), 'property')
})

const worker = `
  import { inspect } from 'node:util'
  import { Worker } from 'node:worker_threads'
  const script = "import('./personal-errors.mjs').then(async ({ allErrors }) => { const errors = await allErrors(); setImmediate(() => { throw errors[workerData] }) })"
  export function show(_error, name) {
    return new Promise((resolve, reject) => {
      const worker = new Worker("const { workerData } = require('node:worker_threads');" + script, { eval: true, workerData: name })
      worker.on('error', (error) => resolve(inspect(error, { showHidden: true, getters: true, depth: null })))
      worker.on('exit', () => reject(new Error('the worker has thrown nothing')))
    })
  }
`

it.each(Object.entries(PROGRAMS).filter(([name]) => name.startsWith('Node')))(
  'the error event of a worker of %s shows no claim of an error, and would show one by a getter',
  (_name, [program]) => expectNoLeak(shownBy(worker, [], program), 'getter'),
)
