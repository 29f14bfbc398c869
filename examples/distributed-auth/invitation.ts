/** What the reader may try while the system runs. */
import { styleText } from 'node:util'
import type { System } from './system.ts'

/** Shows commands for another terminal, and the URL for a browser: last, where the eye is. */
export function invite({ page, urls: { auth, orders, reports } }: System): void {
  const lines = [
    ['Sign in', `TOKEN=$(curl -s ${auth}/login --json '{"user":"ada","password":"engine"}' | cut -d '"' -f 4)`],
    ['With the cookie', `curl -i ${orders}/orders -H "Cookie: jwt=$TOKEN"`],
    ['With the header', `curl -i ${reports}/reports -H "Authorization: Bearer $TOKEN"`],
    ['Exchange a good token for a fresh one', `curl -i ${auth}/api/jwt -H "Cookie: jwt=$TOKEN"`],
    ['Log out, and try again', `curl -i ${auth}/logout -X POST -H "Cookie: jwt=$TOKEN"`],
    ['With no token', `curl -i ${orders}/orders`],
  ] as const
  console.log(`\n${styleText('bold', 'Try it in another terminal')}`)
  for (const [title, line] of lines) console.log(`\n   ${styleText('dim', title)}\n   ${line}`)
  console.log(`\n${styleText('bold', 'Or in a browser')} ${styleText('dim', 'as ada (password: engine) or as grace (password: compiler)')}`)
  console.log(`\n   ${styleText('bold', styleText('cyan', page))}\n\n${styleText('dim', 'Ctrl-C stops everything.')}`)
}
