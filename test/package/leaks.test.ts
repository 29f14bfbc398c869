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
const { outputFiles } = buildSync({
  entryPoints: [join(ROOT, 'test/support/personal-errors.ts')],
  external: ['hs256', 'hs256/http'],
  bundle: true,
  format: 'esm',
  target: 'es2022',
  write: false,
})

const MAIN = `
  import { allErrors } from './personal-errors.mjs'
  import { show } from './show.mjs'
  const shown = {}
  for (const [name, error] of Object.entries(await allErrors())) shown[name] = await show(error, name)
  console.log(JSON.stringify(shown))
`

/**
 * Runs a script that exports `show`, and expects that it shows nothing of the package's errors but their messages, and of an error that
 * reveals a claim in a way, just that.
 */
function expectNoLeak(script: string, way: Way, packages: readonly string[], program: string = process.execPath): void {
  const files = { 'personal-errors.mjs': outputFiles[0]?.text ?? '', 'show.mjs': script, 'main.mjs': MAIN }
  const folder = project(files, packages, join(ROOT, 'tools/loggers/node_modules'))
  const shown = JSON.parse(run([program, 'main.mjs'], folder)) as Readonly<Record<string, string>>
  expect(Object.keys(shown).filter((name) => shown[name]?.includes(EMAIL))).toEqual([])
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
  expectNoLeak(script, 'property', [logger])
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
  (_name, [program]) => expectNoLeak(worker, 'getter', [], program),
)
