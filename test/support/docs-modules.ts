/** The code of pages as modules that run: its assertions, and the files that it names. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { ROOT, type Block } from './docs-pages.ts'

/** A module in which `value // → expected`, and `console.log(value) // → expected`, is an assertion; after no value it does not compile. */
function toModule(code: string): string {
  const checked = code.replaceAll(/^( *)(?:console\.log(?=\())?(.+?) \/\/ → (.+)$/gm, '$1expect($2).toEqual($3)')
  const located = checked.replaceAll(" from '../examples/", " from '../../../../examples/") // a page of docs/ names files of its repository
  return `import { expect } from 'vitest'\nexport const asserted = expect\n${located}`
}

/** Writes blocks as modules into a folder of test/.cache, and returns their paths. */
export function writeModules(folder: string, blocks: readonly Block[], files: readonly Block[] = blocks): readonly string[] {
  mkdirSync(folder, { recursive: true })
  // A block that begins with `// name.ts` is also the file of that name, for those that import it.
  for (const { code } of files) {
    const [, name] = /^\/\/ ([\w-]+\.ts)\n/.exec(code) ?? []
    if (name !== undefined) writeFileSync(join(folder, name), toModule(code))
  }
  return blocks.map(({ code }, index) => {
    const path = join(folder, `${index}.ts`)
    writeFileSync(path, toModule(code))
    return path
  })
}

/** Declarations of packages and of TypeScript itself, which every program of a test reads: parsed once. */
const declarations = new Map<string, ts.SourceFile | undefined>()

/** What TypeScript has to say against modules, as a user would compile them. */
export function typeErrors(paths: readonly string[], project = 'tsconfig.test.json'): readonly string[] {
  const config = join(ROOT, project)
  const { options } = ts.getParsedCommandLineOfConfigFile(config, {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} }) ?? {}
  const compilerOptions = { ...options, noUnusedLocals: false, noPropertyAccessFromIndexSignature: false }
  const host = ts.createCompilerHost(compilerOptions)
  const parse = host.getSourceFile.bind(host)
  host.getSourceFile = (path, ...rest) => {
    if (!path.includes('/node_modules/')) return parse(path, ...rest)
    if (!declarations.has(path)) declarations.set(path, parse(path, ...rest))
    return declarations.get(path)
  }
  const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram(paths, compilerOptions, host))
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}
