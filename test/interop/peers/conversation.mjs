/** Answers requests line by line: `sign CLAIMS` with a token, `verify TOKEN` with its claims or `refused`. The secret is JWT_SECRET's. */
import { text } from 'node:stream/consumers'

export const SECRET = process.env.JWT_SECRET

/** `sign` makes a token of claims; `verify` gives the claims of a token, or throws. Both may give a promise. */
export async function converse({ sign, verify }) {
  const lines = (await text(process.stdin)).split('\n').slice(0, -1)
  for (const line of lines) {
    const [, verb, argument] = /^(\w+) (.*)$/s.exec(line)
    try {
      console.log(verb === 'sign' ? await sign(JSON.parse(argument)) : JSON.stringify(await verify(argument)))
    } catch (error) {
      console.log('refused', error.name)
    }
  }
}
