/** The code of pages as modules that run: its assertions, the files that it names, and frameworks replaced by stand-ins. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Block } from './docs-pages.ts'

/** What a page imports that is not installed: see `stand-ins`. */
const STAND_INS = /(?<= from ')(?:next\/\w+|@sveltejs\/kit|@trpc\/server|graphql|socket\.io|\.\/users\.ts)(?=')/g

/** A module in which `value // → expected`, and `console.log(value) // → expected`, is an assertion; after no value it does not compile. */
function toModule(code: string): string {
  const checked = code.replaceAll(/^( *)(?:console\.log(?=\())?(.+?) \/\/ → (.+)$/gm, '$1expect($2).toEqual($3)')
  const replaced = checked.replaceAll(STAND_INS, (name) => {
    const file = name.replaceAll(/^\.\/|\.ts$|@/g, '').replaceAll('/', '-')
    return `../../../support/stand-ins/${file}.ts`
  })
  const located = replaced.replaceAll(" from '../examples/", " from '../../../../examples/") // a page of docs/ names files of its repository
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
