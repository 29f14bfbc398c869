/** Prints how large the repository is, and how deep a call into `src/` goes; fails beyond the limits. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'
import { createKey, sign, verify } from '../src/index.ts'
import { authenticate } from '../src/http.ts'

const ROOT = join(import.meta.dirname, '..')
const SRC = join(ROOT, 'src')
const names = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
const paths = names.flatMap((name) => (name.endsWith('.ts') ? [join(SRC, name)] : []))
const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as { readonly config: object }
const program = ts.createProgram(paths, ts.parseJsonConfigFileContent(config, ts.sys, ROOT).options)
const checker = program.getTypeChecker()
const sources = program.getSourceFiles().filter(({ fileName }) => paths.includes(fileName))

function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node
  for (const child of node.getChildren()) yield* nodesOf(child)
}
const nodes = sources.flatMap((source) => [...nodesOf(source)])

/** A type that the compiler takes on trust: `as`, `!`, a predicate, or an overload that promises more than its body returns. */
function isCast(node: ts.Node): boolean {
  if (ts.isAsExpression(node)) return !['const', 'unknown'].includes(node.type.getText())
  if (ts.isTypePredicateNode(node)) return node.type !== undefined && !isProven(node)
  return ts.isNonNullExpression(node) || ts.isTypeAssertionExpression(node) || (ts.isFunctionDeclaration(node) && promisesMore(node))
}

/** Whether the function of a predicate returns `typeof value === '…' && …`, with the very type of the predicate. */
function isProven({ type, parent }: ts.TypePredicateNode): boolean {
  const body = ts.isFunctionDeclaration(parent) ? parent.body?.getText() : undefined
  return body?.includes(`return typeof value === '${type?.getText()}' && `) === true
}

/** Whether an overload has a result that the implementation's is not assignable to. */
function promisesMore(implementation: ts.FunctionDeclaration): boolean {
  const symbol = implementation.body && implementation.name && checker.getSymbolAtLocation(implementation.name)
  const resultOf = (node: ts.Declaration): ts.Type | undefined => {
    const signature = ts.isFunctionDeclaration(node) ? checker.getSignatureFromDeclaration(node) : undefined
    return signature && checker.getReturnTypeOfSignature(signature)
  }
  const actual = resultOf(implementation)
  return (symbol?.declarations ?? []).some((overload) => {
    const promised = resultOf(overload)
    return actual !== undefined && promised !== undefined && !checker.isTypeAssignableTo(actual, promised)
  })
}

/** The functions of `src/` that one call runs, after a hundred others, by V8's precise coverage. */
async function depthOf(call: () => Promise<unknown>): Promise<readonly string[]> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  for (let i = 0; i < 100; i++) await call()
  await session.post('Profiler.takePreciseCoverage') // sets the counts to zero
  await call()
  const { result } = await session.post('Profiler.takePreciseCoverage')
  await session.post('Profiler.disable')
  const root = pathToFileURL(join(SRC, '/')).href
  return result
    .filter(({ url }) => url.startsWith(root))
    .flatMap(({ url, functions }) =>
      functions
        .filter(({ ranges }) => (ranges[0]?.count ?? 0) > 0)
        .map(({ functionName, ranges }) => `${url.slice(root.length)} ${functionName}@${ranges[0]?.startOffset}`),
    )
}
const filesOf = (functions: readonly string[]): readonly string[] => [...new Set(functions.map((name) => name.replace(/ .*/, '')))]

/** The lines of code in folders: of the files that git knows or would add, without Markdown, JSON, lock files and vectors. */
function linesOf(...folders: readonly string[]): number {
  const listed = ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...folders]
  const files = execFileSync('git', listed, { cwd: ROOT, encoding: 'utf8' }).split('\n')
  const code = files.filter((file) => /\.(?:[cm]?[jt]sx?|css|html|svelte|py|pl|pm|rb|go|c|cpp|h|sh|escript)$/.test(file))
  const texts = code.map((file) => (existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), 'utf8').trimEnd().split('\n') : []))
  return texts.flat().length
}
const { scripts, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Readonly<Record<string, object>>

const key = createKey('a secret of more than thirty-two bytes')
const token = await sign({ sub: 'u1', iss: 'https://auth.example', aud: 'orders' }, key, { expiresIn: '1h' })
const options = { issuer: 'https://auth.example', audience: 'orders' }
const request = { method: 'GET', headers: { cookie: `jwt=${token}` } }
const verifying = await depthOf(() => verify(token, key, options))
const guarding = await depthOf(() => authenticate(request, key, { verify: options }))

const measured: readonly (readonly [what: string, count: number, limit: number])[] = [
  ['files', sources.length, 36],
  ['lines', linesOf('src'), 3590],
  ['columns of the longest line', Math.max(...sources.flatMap(({ text }) => text.split('\n').map((line) => line.length))), 100],
  ['casts', nodes.filter(isCast).length, 15],
  ['conditional types', nodes.filter(ts.isConditionalTypeNode).length, 6],
  ['files of verify', filesOf(verifying).length, 13],
  ['functions of verify', verifying.length, 45],
  ['files of authenticate', filesOf(guarding).length, 17],
  ['functions of authenticate', guarding.length, 63],
  ['lines of tools/, bench/ and load/', linesOf('tools', 'bench', 'load'), 2800],
  ['lines of test/', linesOf('test'), 17_500],
  ['lines of frameworks/', linesOf('frameworks'), 1500],
  ['lines of systems/', linesOf('systems'), 1500],
  ['npm scripts', Object.keys(scripts ?? {}).length, 16],
  ['development dependencies', Object.keys(devDependencies ?? {}).length, 28],
]
for (const [what, count, limit] of measured) {
  console.log(`${count <= limit ? '✓' : '✗'} ${what}: ${count} of at most ${limit}`)
  if (!(count > 0 && count <= limit)) process.exitCode = 1
}
