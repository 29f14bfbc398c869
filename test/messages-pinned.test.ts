/** Every sentence in the code of src/ that a caller can meet is pinned, whole, by a test. */
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { filesOf, read } from './support/docs-pages.ts'

/** The texts of a source with two words or more, in pieces: what stands between the values of a template. */
function sentencesIn(source: string): readonly string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) found.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.ES2022, true))
  return found.filter((text) => /[a-z]{2,}:? [a-z]{2,}/i.test(text))
}

const SENTENCES = filesOf('src', '.ts').map((file) => [file, sentencesIn(read(file))] as const)

/** Where messages are pinned: in the tables of support/messages.ts, which messages.test.ts runs, and in sync.test.ts those of `hs256/sync` alone. */
const PINS = [...sentencesIn(read('test/support/messages.ts')), read('test/sync.test.ts')].join('\n')

describe('the messages in src/', () => {
  it.each(SENTENCES)('are pinned: %s', (_file, sentences) => {
    expect(sentences.filter((text) => !PINS.includes(text))).toEqual([])
  })

  it('are found by a check that sees them all', () => {
    expect(sentencesIn('assert(a, `${name} must be one, not ${other}: use this`)')).toEqual([' must be one, not ', ': use this'])
    expect(SENTENCES.flatMap(([, sentences]) => sentences).length).toBeGreaterThan(60)
  })
})
