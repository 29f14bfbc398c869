/** Bundlers, as users call them: each makes one script of `entry.js`, which puts what that exports into `globalThis.bundle`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { CONSUMERS } from './project.ts'
import { run } from './run.ts'

/** Bundles a project, and gives the bundle and whatever the bundler had to say. */
type Bundler = (folder: string) => Promise<{ readonly code: string; readonly complaints: readonly string[] }>

export const esbuild: Bundler = async (folder) => {
  const options = { bundle: true, minify: true, format: 'iife', globalName: 'bundle', platform: 'browser', write: false } as const
  const { outputFiles, warnings } = await build({ ...options, absWorkingDir: folder, entryPoints: ['entry.js'], logLevel: 'silent' })
  return { code: outputFiles[0]?.text ?? '', complaints: warnings.map(({ text }) => text) }
}

/** The bundler's own program in a script, as a user's configuration would call it: it prints its complaints as JSON. */
function scripted(file: string, script: string): Bundler {
  return async (folder) => {
    const printed = run([process.execPath, '--input-type=module', '-e', script, join(CONSUMERS, file), folder], folder)
    const complaints = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as string[]
    return { code: readFileSync(join(folder, 'out/bundle.js'), 'utf8'), complaints }
  }
}

const vite = `
const { build, createLogger } = await import(process.argv[1])
const complaints = []
const note = (text) => void complaints.push(text)
const customLogger = { ...createLogger('silent'), warn: note, warnOnce: note, error: note }
const lib = { entry: 'entry.js', name: 'bundle', formats: ['iife'], fileName: () => 'bundle.js' }
await build({ root: process.argv[2], configFile: false, customLogger, build: { outDir: 'out', lib } })
console.log(JSON.stringify(complaints))
`

const webpack = `
const { default: webpack } = await import(process.argv[1])
const output = { path: process.argv[2] + '/out', filename: 'bundle.js', library: { name: 'bundle', type: 'var' } }
webpack({ mode: 'production', context: process.argv[2], entry: './entry.js', target: 'web', output }, (error, stats) => {
  if (error) throw error
  const { warnings, errors } = stats.toJson({ all: false, warnings: true, errors: true })
  console.log(JSON.stringify([...warnings, ...errors].map(({ message }) => message)))
})
`

export const BUNDLERS: Readonly<Record<string, Bundler>> = {
  esbuild,
  vite: scripted('vite/dist/node/index.js', vite),
  webpack: scripted('webpack/lib/index.js', webpack),
}
