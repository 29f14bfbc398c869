/** The secret is rotated while somebody works. */
import { expect, it } from 'vitest'
import { rotate } from '../../examples/distributed-auth/rotation.ts'
import { newKey } from '../../examples/keys-from-file/rotate.ts'
import { press } from '../support/browser.ts'
import { cardOf, useStage } from './browser.ts'

const stage = useStage()

it('a user with the page open stays logged in while the secret is rotated', { timeout: 30_000 }, async () => {
  const page = await stage.signIn()
  const works = async (kid: string): Promise<void> => {
    for (const name of ['Orders', 'Reports'] as const) {
      const answer = page.waitForResponse(new RegExp(`/${name.toLowerCase()}$`))
      await press(cardOf(page, name), 'Call again')
      expect((await answer).status()).toBe(200)
    }
    await page.locator('#token-facts').getByText(kid).waitFor()
  }

  await rotate(stage.system, newKey('key-2'), async () => {
    await works('key-1') // a token of the old secret
    await press(page, 'Renew now')
    await page.locator('#token-facts').getByText('key-2').waitFor()
    await works('key-2')
  })
  await works('key-2')
  await press(page, 'Renew now')
  await page.locator('#activity li', { hasText: 'renewed by hand' }).nth(1).waitFor() // the session is of the next secret, too
  await works('key-2')
})
