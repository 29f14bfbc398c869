/** HMAC on `node:crypto`, from inside. */
import { describe, expect, it } from 'vitest'
import * as portable from '../src/base64url.ts'
import * as node from '../src/hmac/node.ts'
import { bytesOf, describeEngine, HI_THERE, keyOf, MAC, SHORT_KEY } from './support/hmac-suite.ts'

const { encodeBase64url } = portable

describeEngine('node:crypto', { signMac: node.signMac, verifyMac: (key, input, mac) => node.verifyMac(key, input, encodeBase64url(mac)) })

describe('verifyMac on node:crypto', () => {
  it('reads every character, whichever differs first: constant time', () => {
    const looks: number[] = []
    const wrong = encodeBase64url(bytesOf(MAC).map((byte) => byte ^ 255))
    const watched = { length: wrong.length, charCodeAt: (index: number) => (looks.push(index), wrong.charCodeAt(index)) }
    expect(node.verifyMac(keyOf(SHORT_KEY), HI_THERE, watched as unknown as string)).toBe(false)
    expect(looks).toEqual(Array.from({ length: 43 }, (_, i) => i))
  })

  it('takes text as it takes its bytes', () => {
    expect(node.verifyMac(keyOf(SHORT_KEY), 'Hi There', encodeBase64url(bytesOf(MAC)))).toBe(true)
  })
})

describe('encodeText and decodeText on node:crypto', () => {
  const TEXTS = ['', 'a', 'ab', 'abc', 'ä', '€', '😀', '\ufeff', '\ufffd', `a\ufffd${'x'.repeat(70_000)}`, '\0', '~?>'.repeat(99)]

  it.each(TEXTS)('agree with those of bytes.ts: %j', (text) => {
    const segment = portable.encodeText(text)
    expect(node.encodeText(text)).toBe(segment)
    expect(node.decodeText(segment)).toBe(text)
    expect(portable.decodeText(segment)).toBe(text)
  })

  it.each(['_w', 'wK8', '7aCA', '9ICAwA', 'gA', `${'QUJD'.repeat(200)}_w`])('decode %j, which is not UTF-8, to no text', (segment) => {
    expect(node.decodeText(segment)).toBe('')
    expect(portable.decodeText(segment)).toBe('')
  })

  it.each(['=', '==', ' ', '\n', '+', '/', '.', '*', '\0', '\u0141', '\u00c1', '\ud800', 'A', 'Zh', 'Zm9', 'QUJE\0'])(
    'agree on what is wrong with %j in short and in long segments',
    (wrong) => {
      for (const good of ['', 'Zg', 'Zm9v', 'QUJD'.repeat(200)])
        for (const segment of [`${good}${wrong}`, `${wrong}${good}`, `${good}${wrong}${good}`])
          expect(node.decodeText(segment)).toBe(portable.decodeText(segment))
    },
  )
})
