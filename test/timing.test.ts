/**
 * A MAC is compared in two places, both in hmac/, each in constant time: by `subtle.verify`, and by one loop that looks at every character.
 * A comparison that stops at the first one that differs would tell a forger, letter by letter, which MAC is right. This is read from src/.
 */
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { filesOf, read } from './support/docs-pages.ts'

const sources: Readonly<Record<string, string>> = Object.fromEntries(
  filesOf('src', '.ts').map((path) => [path.replaceAll('\\', '/').slice('src/'.length), read(path)]),
)

/** Every node of a source that is of a kind, with parents set. */
function nodesOf<Node extends ts.Node>(text: string, is: (node: ts.Node) => node is Node): readonly Node[] {
  const found: Node[] = []
  const visit = (node: ts.Node): void => {
    if (is(node)) found.push(node)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.ES2022, true))
  return found
}

const isMac = (node: ts.Node): node is ts.Identifier => ts.isIdentifier(node) && /^(?:mac|signature)$/i.test(node.text)

/** What is done with a MAC where it is named. */
function useOf(name: ts.Identifier): string {
  const member = ts.isPropertyAccessExpression(name.parent) && name.parent.name === name
  const value: ts.Node = member ? name.parent : name
  const { parent } = value
  if ((ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== value)
    return `handed to ${parent.expression.getText().replace(/^.*\./s, '')}`
  if (ts.isPropertyAccessExpression(parent) && parent.name.text === 'length') return 'its length'
  if (ts.isPropertyAccessExpression(parent) && parent.name.text === 'charCodeAt') {
    const { operatorToken } = parent.parent.parent as Partial<ts.BinaryExpression>
    if (operatorToken?.kind === ts.SyntaxKind.CaretToken) return 'a character of it, in an exclusive or'
  }
  const isDeclared = !member && (ts.isShorthandPropertyAssignment(parent) || (parent as Partial<ts.NamedDeclaration>).name === value)
  return isDeclared ? 'declared' : `other: ${parent.getText()}`
}

const usesIn = (text: string): readonly string[] => [...new Set(nodesOf(text, isMac).map(useOf))].sort()

/** The text of a function of a source. */
const functionOf = (text: string, name: string): string =>
  nodesOf(text, ts.isFunctionDeclaration)
    .find((node) => node.name?.text === name)
    ?.getText() ?? expect.unreachable(`there is no ${name}`)

/** What a loop may not contain, or it could end early, or take another time for another MAC. */
const STATEMENTS = ['IfStatement', 'SwitchStatement', 'BreakStatement', 'ContinueStatement', 'ReturnStatement', 'ThrowStatement'] as const
const CHOICES = ['ConditionalExpression', 'AmpersandAmpersandToken', 'BarBarToken', 'QuestionQuestionToken'] as const
const COMPARISONS = ['EqualsEqualsEqualsToken', 'ExclamationEqualsEqualsToken'] as const
const DECIDING: ReadonlySet<ts.SyntaxKind> = new Set([...STATEMENTS, ...CHOICES, ...COMPARISONS].map((name) => ts.SyntaxKind[name]))

/** The decisions inside the loops of a source. */
function decisionsIn(text: string): readonly string[] {
  const isDeciding = (node: ts.Node): node is ts.Node => DECIDING.has(node.kind)
  const isLoop = (node: ts.Node): node is ts.IterationStatement => ts.isIterationStatement(node, false)
  return nodesOf(text, isLoop).flatMap((loop) => nodesOf(loop.statement.getText(), isDeciding).map((node) => node.parent.getText()))
}

const elsewhere = Object.entries(sources).filter(([path]) => !path.startsWith('hmac/'))
const usesOutside = (isMeant: (path: string) => boolean): readonly string[] =>
  usesIn(elsewhere.flatMap(([path, text]) => (isMeant(path) ? [text] : [])).join('\n'))

describe('a MAC', { timeout: 30_000 }, () => {
  it('is split off, and handed to the engine that compares it: outside hmac/ nothing else happens to it', () => {
    const passedOn = ['declared', 'handed to decodeBase64url', 'handed to isBase64url', 'handed to verifyMac', 'its length']
    expect(usesOutside((path) => path !== 'memory.ts')).toEqual(passedOn)
  })

  it('is looked up by its hash in the memory of right MACs, which mixes all of its characters', () => {
    const lookedUp = ['a character of it, in an exclusive or', 'declared', 'handed to comesAgain', 'handed to get', 'handed to set']
    expect(usesOutside((path) => path === 'memory.ts')).toEqual(lookedUp)
  })

  it('is compared by subtle.verify on Web Crypto', () => {
    const text = sources['hmac/webcrypto.ts']!
    const [signing, verifying] = [functionOf(text, 'signMac'), functionOf(text, 'verifyMac')]
    expect(usesIn(verifying)).toEqual(['declared', 'handed to verify'])
    expect(verifying).toContain('.subtle.verify(')
    expect(usesIn(signing)).toEqual([]) // its own is encoded at once
    expect(usesIn(text.replace(signing, '').replace(verifying, ''))).toEqual([])
  })

  it('is compared by an exclusive or of every character and of the length on node:crypto', () => {
    expect(usesIn(sources['hmac/node.ts']!)).toEqual(['a character of it, in an exclusive or', 'declared', 'its length'])
    expect(decisionsIn(sources['hmac/node.ts']!)).toEqual([])
  })

  it('is computed in hmac/ alone: nothing else has a right one that it could compare', () => {
    const importing = elsewhere.filter(([, text]) => /\bsignMac\b/.test(text)).map(([path]) => path)
    expect(importing.sort()).toEqual(['sign-sync.ts', 'sign.ts'])
    const hashing = elsewhere.filter(([, text]) => /\.(?:digest|sign)\(|\bcreateHmac\b|\btimingSafeEqual\b/.test(text))
    expect(hashing.map(([path]) => path)).toEqual([])
  })

  it('is followed by a check that sees what is wrong', () => {
    const uses = {
      'if (mac === expected) go()': 'other: mac === expected',
      'jws.mac.every((byte, i) => byte === expected[i])': 'other: jws.mac.every',
      'equals(jws.mac, expected)': 'handed to equals',
      'x = f(mac.charCodeAt(0)) ^ 1': 'other: mac.charCodeAt',
      'const other = mac': 'other: other = mac',
    }
    for (const [text, use] of Object.entries(uses)) expect(usesIn(text)).toEqual([use])
    expect(decisionsIn('for (const byte of mac) if (byte !== 0) return false')).toHaveLength(3)
    expect(decisionsIn('while (ok) { ok = a[i] === b[i] && ok }')).toHaveLength(2)
  })
})
