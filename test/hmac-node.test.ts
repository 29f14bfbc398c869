/** HMAC on `node:crypto`, from inside. */
import { describe, expect, it } from 'vitest'
import * as node from '../src/hmac/node.ts'
import { bytesOf, describeEngine, keyOf, RFC_4231 } from './support/hmac-suite.ts'

describeEngine('node:crypto', node)

describe('verifyMac on node:crypto', () => {
  it('reads every byte, whichever differs first: constant time', () => {
    const [{ secret, input, mac }] = RFC_4231
    const looks: number[] = []
    const wrong = bytesOf(mac).map((byte) => byte ^ 255)
    const watched = new Proxy(wrong, {
      get: (bytes, name) => {
        if (typeof name === 'string' && /^\d+$/.test(name)) looks.push(Number(name))
        return Reflect.get(bytes, name, bytes) as unknown
      },
    })
    expect(node.verifyMac(keyOf(secret), input, watched)).toBe(false)
    expect(looks).toEqual(Array.from({ length: 32 }, (_, i) => i))
  })
})
