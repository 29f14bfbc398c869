/** The public API of the three entry points as text: every export, and every type that one refers to, without comments. */
import { join } from 'node:path'
import ts from 'typescript'

const ROOT = join(import.meta.dirname, '..', '..')
const DOORS = { hs256: 'index', 'hs256/http': 'http', 'hs256/sync': 'sync' }

/** The declarations of `src` by path, as users get them. */
function declarationsOf(root: string): ReadonlyMap<string, string> {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as { readonly config: object }
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const program = ts.createProgram(fileNames, {
    ...options,
    emitDeclarationOnly: true,
    stripInternal: true,
    removeComments: true,
    outDir: join(root, 'src'),
  })
  const texts = new Map<string, string>()
  program.emit(undefined, (path, text) => texts.set(path, text))
  return texts
}

/** A program of declarations that are not on disk. */
function programOf(texts: ReadonlyMap<string, string>): ts.Program {
  const options = {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    types: [],
  }
  const disk = ts.createCompilerHost(options)
  const readFile = (path: string): string | undefined => texts.get(path) ?? disk.readFile(path)
  const host: ts.CompilerHost = {
    ...disk,
    readFile,
    fileExists: (path) => texts.has(path) || (!path.startsWith(join(ROOT, 'src')) && disk.fileExists(path)),
    getSourceFile: (path, version) => {
      const text = readFile(path)
      return text === undefined ? undefined : ts.createSourceFile(path, text, version, true)
    },
  }
  return ts.createProgram([...texts.keys()], options, host)
}

/** A declaration in one paragraph; for a variable, its whole statement. */
function textOf(declaration: ts.Declaration): string {
  const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration
  return statement
    .getText()
    .replace(/^export /, '')
    .replace(/^declare /, '')
}

function report(program: ts.Program, texts: ReadonlyMap<string, string>): string {
  const checker = program.getTypeChecker()
  const found = new Map<ts.Declaration, string>()

  const own = (node: ts.Node): boolean => texts.has(node.getSourceFile().fileName)
  const resolve = (symbol: ts.Symbol): ts.Symbol => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol)
  const isTopLevel = ({ parent }: ts.Node): boolean => ts.isSourceFile(parent) || ts.isVariableDeclarationList(parent)

  function visit(symbol: ts.Symbol): void {
    const declarations = (symbol.declarations ?? []).filter((declaration) => own(declaration) && isTopLevel(declaration))
    const [first] = declarations
    if (first === undefined) return
    if (found.has(first)) return
    found.set(first, `${symbol.name}\n${[...new Set(declarations.map(textOf))].join('\n').replaceAll(/^/gm, '  ')}\n`)
    const walk = (node: ts.Node): void => {
      const named = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined
      if (named) visit(resolve(named))
      node.forEachChild(walk)
    }
    declarations.forEach(walk)
  }

  const doors = Object.entries(DOORS).map(([name, file]) => {
    const source = program.getSourceFile(join(ROOT, 'src', `${file}.d.ts`))
    const module = source && checker.getSymbolAtLocation(source)
    if (module === undefined) throw new Error(`${name} is not a module`)
    const exports = checker.getExportsOfModule(module)
    exports.map(resolve).forEach(visit)
    const isValue = (symbol: ts.Symbol): boolean => (resolve(symbol).flags & ts.SymbolFlags.Value) !== 0
    const names = (value: boolean): string => exports.filter((symbol) => isValue(symbol) === value).map((symbol) => symbol.name).sort().join(' ') // prettier-ignore
    return `${name}\n  values: ${names(true)}\n  types:  ${names(false)}\n`
  })
  const head = 'The public surface, made by `npm run api`: a change of it needs a changeset.\n'
  return [head, ...doors, ...[...found.values()].sort()].join('\n')
}

/** The report of the current sources. */
export function apiReport(): string {
  const texts = declarationsOf(ROOT)
  return report(programOf(texts), texts)
}
