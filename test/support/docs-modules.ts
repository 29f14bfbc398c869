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

/** What TypeScript has to say against modules, as a user would compile them. */
export function typeErrors(paths: readonly string[], project = 'tsconfig.test.json'): readonly string[] {
  const config = join(ROOT, project)
  const { options } = ts.getParsedCommandLineOfConfigFile(config, {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} }) ?? {}
  const program = ts.createProgram(paths, { ...options, noUnusedLocals: false, noPropertyAccessFromIndexSignature: false })
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}
