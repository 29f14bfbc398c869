/** The secret is rotated while somebody works. */
import { createKey, decodeUnverified, sign } from 'hs256'
import { describe, expect, it } from 'vitest'
import { newKey } from '../../examples/keys-from-file/rotate.ts'
import { rotate } from '../../examples/distributed-auth/rotation.ts'
import { cardOf, press, SECRET, signIn, useStage } from './browser.ts'

const stage = useStage()

describe('while the secret is rotated', { timeout: 30_000 }, () => {
  it('a user with the page open stays logged in, and the old secret no longer works', async () => {
    const page = await stage.openWindow()
    const context = page.context()
    const { system } = stage
    await signIn(page, system.page)
    const first = (await context.cookies()).find(({ name }) => name === 'jwt')?.value ?? ''
    const works = async (kid: string): Promise<void> => {
      for (const name of ['Orders', 'Reports'] as const) {
        const answer = page.waitForResponse(new RegExp(`/${name.toLowerCase()}$`))
        await press(cardOf(page, name), 'Call again')
        expect((await answer).status()).toBe(200)
      }
      await page.locator('#token-facts').getByText(kid).waitFor()
    }

    await rotate(system, newKey('key-2'), async () => {
      await works('key-1') // a token of the old secret
      await press(page, 'Renew now')
      await page.locator('#token-facts').getByText('key-2').waitFor()
      await works('key-2')
    })
    await works('key-2')
    await press(page, 'Renew now')
    await page.locator('#activity li', { hasText: 'renewed by hand' }).nth(1).waitFor() // the session is of the next secret, too
    await works('key-2')

    const { claims } = decodeUnverified(first)
    const stolen = await sign({ ...claims, exp: Date.now() / 1000 + 60 }, createKey(SECRET, { kid: 'key-1' }), { type: 'at+jwt' })
    const refused = await fetch(`${system.urls.orders}/orders`, { headers: { Cookie: `jwt=${stolen}` } })
    expect([refused.status, ((await refused.json()) as { readonly error: string }).error]).toEqual([401, 'invalid_token'])
  })
})
