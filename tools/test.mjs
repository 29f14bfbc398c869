/** `npm test`: the tests and the type tests, or those of the projects that the arguments name. Says how long all of them take. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const args = process.argv.slice(2)
const isNamed = args.some((arg) => arg.startsWith('--project'))
if (!isNamed && args.every((arg) => arg.startsWith('-'))) console.log('all tests take one to two minutes on two cores')

const vitest = join(import.meta.dirname, '..', 'node_modules', 'vitest', 'vitest.mjs')
const projects = isNamed ? [] : ['--project', 'node', '--project', 'types']
process.exitCode = spawnSync(process.execPath, [vitest, 'run', ...projects, ...args], { stdio: 'inherit' }).status ?? 1
