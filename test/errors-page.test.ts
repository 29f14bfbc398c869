/** docs/errors.md lists every message of src/, and no other. */
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { filesOf, read } from './support/docs-pages.ts'

/** A message and the class of its error; `…` stands for each part that varies. */
interface Message {
  readonly kind: string
  readonly text: string
}

/** The function of src/http/response.ts that writes the body of a 401 or 403. */
const ANSWER = 'answer'

/** Every message that the sources pass to an error's constructor, directly or through `assert`, or to `answer`. */
function messagesOf(sources: readonly string[]): readonly Message[] {
  const files = sources.map((source, index) => ts.createSourceFile(`${index}.ts`, source, ts.ScriptTarget.ES2022, true))
  const nodes = files.flatMap(nodesOf)
  const functions = new Map(nodes.filter(ts.isFunctionDeclaration).map((node) => [node.name?.text ?? '', node]))
  const calls = nodes.filter(ts.isCallExpression)

  const ofErrors = nodes.filter(ts.isNewExpression).flatMap(({ expression, arguments: [argument] = [] }) => {
    const kind = expression.getText()
    if (!kind.endsWith('Error') || argument === undefined) return []
    return wholeOf(argument).map((text) => ({ kind, text: text.replaceAll(/…( …)+/g, '…') }))
  })
  const ofAnswers = calls.filter((call) => calleeOf(call) === ANSWER).flatMap(({ arguments: [, , argument] }) => wholeOf(argument))
  return unique([...ofErrors, ...ofAnswers.filter((text) => text !== '…').map((text) => ({ kind: ANSWER, text }))])

  /** The texts of an argument; those of a parameter are what the calls of its function pass. */
  function wholeOf(node: ts.Expression | undefined): readonly string[] {
    if (node === undefined || !ts.isIdentifier(node) || constantOf(node) !== undefined) return partsOf(node)
    const [name, index] = parameterOf(node)
    const passed = calls.filter((call) => calleeOf(call) === name).map((call) => call.arguments[index])
    return name === undefined ? ['…'] : passed.flatMap(wholeOf)
  }

  /** The texts of an expression: literals, templates, constants and calls are read, everything else is `…`. */
  function partsOf(node: ts.Expression | undefined): readonly string[] {
    if (node === undefined) return ['…']
    if (ts.isStringLiteralLike(node)) return [node.text]
    if (ts.isIdentifier(node)) return constantOf(node) === undefined ? formsOf(node) : partsOf(constantOf(node))
    if (ts.isParenthesizedExpression(node)) return partsOf(node.expression)
    if (ts.isBinaryExpression(node)) {
      const isAnd = node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken // then the left side is a condition
      return unique([...(isAnd ? [] : partsOf(node.left)), ...partsOf(node.right)])
    }
    if (ts.isConditionalExpression(node)) return phrasesOf([...partsOf(node.whenTrue), ...partsOf(node.whenFalse)])
    if (ts.isTemplateExpression(node)) {
      return node.templateSpans.reduce<readonly string[]>(
        (texts, { expression, literal }) => texts.flatMap((text) => partsOf(expression).map((part) => text + part + literal.text)),
        [node.head.text],
      )
    }
    if (ts.isCallExpression(node) && calleeOf(node) === 'own') return valuesOf(node.arguments[0])
    const called = ts.isCallExpression(node) ? functions.get(calleeOf(node)) : undefined
    if (called === undefined) return ['…']
    const returned = nodesOf(called).filter(ts.isReturnStatement)
    return unique(returned.flatMap(({ expression }) => partsOf(expression)))
  }

  /** What the calls of `matching` pass as the form that it demands. */
  function formsOf(node: ts.Identifier): readonly string[] {
    const [name, index] = parameterOf(node)
    const passed = calls.filter((call) => calleeOf(call) === name).map((call) => call.arguments[index])
    return name === 'matching' ? passed.flatMap(partsOf) : ['…']
  }

  /** The texts of a constant object. */
  function valuesOf(node: ts.Expression | undefined): readonly string[] {
    const object = node !== undefined && ts.isIdentifier(node) ? constantOf(node) : undefined
    if (object === undefined || !ts.isObjectLiteralExpression(object)) return ['…']
    return phrasesOf(object.properties.filter(ts.isPropertyAssignment).flatMap(({ initializer }) => partsOf(initializer)))
  }

  /** Alternatives, of which each makes a message of its own; single words, such as an article or a name, are a part that varies. */
  function phrasesOf(texts: readonly string[]): readonly string[] {
    return texts.some((text) => text.includes(' ')) ? unique(texts) : ['…']
  }
}

/** A node and all nodes in it. */
function nodesOf(node: ts.Node): readonly ts.Node[] {
  const nodes: ts.Node[] = [node]
  node.forEachChild((child) => void nodes.push(...nodesOf(child)))
  return nodes
}

const calleeOf = ({ expression }: ts.CallExpression): string => (ts.isIdentifier(expression) ? expression.text : '')

/** What a constant of the same or an outer block is initialized with. */
function constantOf(node: ts.Identifier): ts.Expression | undefined {
  for (let scope: ts.Node = node; scope.parent !== undefined; scope = scope.parent) {
    const statements = ts.isBlock(scope.parent) || ts.isSourceFile(scope.parent) ? scope.parent.statements : []
    const declarations = [...statements].filter(ts.isVariableStatement).flatMap(({ declarationList }) => declarationList.declarations)
    const found = declarations.find(({ name }) => name.getText() === node.text)
    if (found !== undefined) return found.initializer
  }
  return undefined
}

/** The function that has this parameter, and its place there. */
function parameterOf(node: ts.Identifier): readonly [name: string | undefined, index: number] {
  for (let scope: ts.Node = node; scope.parent !== undefined; scope = scope.parent) {
    if (!ts.isFunctionDeclaration(scope)) continue
    const index = scope.parameters.findIndex(({ name }) => name.getText() === node.text)
    if (index >= 0) return [scope.name?.text, index]
  }
  return [undefined, -1]
}

function unique<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
}

/** The rows of all tables in a section, each as its cells; the section ends at the next heading of its level. */
function rowsOf(page: string, heading: string): readonly (readonly string[])[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? ''
  const tables = section.split(/\n\n+/).filter((block) => block.startsWith('|'))
  const rows = tables.flatMap((table) => table.trim().split('\n').slice(2))
  return rows.map((row) => row.split(/ +\| +|^\| +| +\|$/).slice(1, -1))
}

const codeIn = (cell = ''): string => /`([^`]+)`/.exec(cell)?.[1] ?? ''

/** What a page may write for each class, and the errors of the bodies that `answer` writes. */
const KIND_OF: Readonly<Record<string, string>> = { missing_token: ANSWER, cross_origin: ANSWER, insufficient_scope: ANSWER }
const kindOf = (code: string): string =>
  KIND_OF[code] ?? code.replace(/^ERR_JWT_\w+$/, (name) => `Jwt${name.slice(8).split('_').map(capitalized).join('')}Error`)
const capitalized = (word: string): string => `${word.slice(0, 1)}${word.slice(1).toLowerCase()}`

/** Every message of the page. A mistake is a `TypeError` unless its class stands before it. */
function messagesOn(page: string): readonly Message[] {
  const ofTokens = rowsOf(page, 'Messages about tokens').map(([code, message]) => ({
    kind: kindOf(codeIn(code)),
    text: codeIn(message),
  }))
  const ofMistakes = rowsOf(page, 'Mistakes in the program').map(([message]) => {
    const [, kind = 'TypeError', text = ''] = /^(?:(\w+Error): )?(.*)$/.exec(codeIn(message)) ?? []
    return { kind, text }
  })
  return [...ofTokens, ...ofMistakes]
}

/** Whether a message of the page is this one of the sources, where the page may name what varies. */
function isMessage(written: Message, { kind, text }: Message): boolean {
  const pattern = text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '.+')
  return written.kind === kind && new RegExp(`^${pattern}$`).test(written.text)
}

/** How the page differs from the sources. Each message of the page stands for the most specific one of the sources that it matches. */
function differencesOf(sources: readonly Message[], page: readonly Message[]): readonly string[] {
  const literalLength = ({ text }: Message): number => text.replaceAll('…', '').length
  const mostSpecific = [...sources].sort((a, b) => literalLength(b) - literalLength(a))
  const meant = page.map((written) => mostSpecific.find((message) => isMessage(written, message)))
  const missing = sources.filter((message) => !meant.includes(message)).map(({ kind, text }) => `not on the page: ${kind}: ${text}`)
  const gone = page
    .filter((_, index) => meant[index] === undefined || meant.indexOf(meant[index]) < index)
    .map(({ kind, text }) => `not in src, or twice on the page: ${kind}: ${text}`)
  return [...missing, ...gone]
}

const SOURCES = filesOf('src', '.ts').map(read)
const PAGE = read('docs/errors.md')

describe('docs/errors.md', () => {
  it('lists every message of src/ once, and no other', () => {
    expect(messagesOn(PAGE).length).toBeGreaterThan(80)
    expect(differencesOf(messagesOf(SOURCES), messagesOn(PAGE))).toEqual([])
  })

  it('says the cause and what to do, in every row', () => {
    const rows = ['Messages about tokens', 'Mistakes in the program'].flatMap((heading) => rowsOf(PAGE, heading))
    expect(rows.filter((cells) => cells.length !== 3 || cells.includes(''))).toEqual([])
  })
})

describe('the check of docs/errors.md', () => {
  it.each<readonly [source: string, messages: readonly string[]]>([
    ["throw new TypeError('a')", ['TypeError: a']],
    ['throw new RangeError(`a ${b} c ${d}`)', ['RangeError: a … c …']],
    [
      "function assert(ok, message) { throw new TypeError(message) }\nassert(ok, 'a')\nassert(ok, `${b} c`)",
      ['TypeError: a', 'TypeError: … c'],
    ],
    ["function f() { const cure = 'b'; throw new TypeError(`a: ${cure}`) }", ['TypeError: a: b']],
    ["function of(x) { if (x) return 'b'; return 'c' }\nnew TypeError(`a ${of(1)}`)", ['TypeError: a b', 'TypeError: a c']],
    [
      "function matching(x, form) { return () => { throw new TypeError(`${name} must be ${form}`) } }\nmatching(1, 'a')",
      ['TypeError: … must be a'],
    ],
    ["new TypeError(isLong ? 'a b' : `a ${c}`)", ['TypeError: a b', 'TypeError: a …']],
    ["new TypeError(`${isLong ? 'an' : 'a'} b`)", ['TypeError: … b']],
    ["function f() { const c = (x && 'b') || (y && 'c'); throw new TypeError(`a ${c}`) }", ['TypeError: a b', 'TypeError: a c']],
    ["const X = { a: 'b c' }\nnew TypeError(`a ${own(X, y) ?? 'c'}`)", ['TypeError: a b c', 'TypeError: a c']],
    ["const X = { a: 'b' }\nnew TypeError(`a ${own(X, y) ?? 'c'}`)", ['TypeError: a …', 'TypeError: a c']],
    ["answer(401, 'missing_token', 'a')\nanswer(401, code, error.message)", ['answer: a']],
    ['new TypeError(error.message)', ['TypeError: …']],
  ])('reads messages wherever they are written: %s', (source, messages) => {
    expect(messagesOf([source]).map(({ kind, text }) => `${kind}: ${text}`)).toEqual(messages)
  })

  it('finds a message that only one side has', () => {
    const [literal, template] = [
      { kind: 'TypeError', text: 'header … must be a string' },
      { kind: 'TypeError', text: '… must be a string' },
    ]
    const named = { kind: 'TypeError', text: 'sub must be a string' }
    expect(differencesOf([literal, template], [literal, named])).toEqual([])
    expect(differencesOf([literal, template], [literal])).toEqual(['not on the page: TypeError: … must be a string'])
    expect(differencesOf([literal], [literal, named])).toEqual(['not in src, or twice on the page: TypeError: sub must be a string'])
    expect(differencesOf([template], [literal, named])).toHaveLength(1)
    expect(differencesOf([{ ...literal, kind: 'RangeError' }], [literal])).toHaveLength(2)
  })
})
