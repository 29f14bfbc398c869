import { createKey, generateSecret, sign, verify } from 'hs256'
import { expect, it } from 'vitest'

it('verifies what it signed', async () => {
  const key = createKey(generateSecret())
  const { claims } = await verify(await sign({ sub: 'u1' }, key, { expiresIn: '1h' }), key)
  expect(claims.sub).toBe('u1')
})
