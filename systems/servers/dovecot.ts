import { join } from 'node:path'
import { converse } from '../ask.ts'
import { debianVersion, freePort } from '../bench.ts'
import type { Recipe } from '../recipe.ts'

/** What the page need not show: one listener on loopback, mailboxes in the folder, and no pause after a failure. */
const main = (folder: string, port: number, file: string): string => `
base_dir = ${join(folder, 'run')}
log_path = ${join(folder, 'log')}
listen = 127.0.0.1
protocols = imap
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:${join(folder, 'mail')}
first_valid_uid = 1
userdb {
  driver = static
  args = uid=dovecot gid=dovecot home=${join(folder, 'mail')}
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
!include ${file}
`

export const dovecot: Recipe = {
  system: 'Dovecot',
  debian: ['dovecot-core', 'dovecot-imapd'],
  claims: '`sub`, `exp`',
  secret: 'base64, in a file',
  carried: 'SASL XOAUTH2 or OAUTHBEARER',
  form: 'base64',
  probes: ['noExp', 'iatAhead', 'otherAud', 'atJwt', 'otherKid', 'length'],
  start: async (bench) => {
    const port = await freePort()
    const keys = join(bench.folder, 'keys/')
    bench.write('keys/default/HS256/default', `${bench.secret}\n`)
    const oauth2 = bench.configure('dovecot-oauth2.conf.ext', { '/etc/dovecot/keys/': keys })
    const auth = bench.configure('auth-oauth2.conf.ext', { '/etc/dovecot/dovecot-oauth2.conf.ext': oauth2 })
    const file = bench.write('dovecot.conf', main(bench.folder, port, auth))
    bench.giveTo('dovecot')
    await bench.serve('dovecot', port, { args: ['-F', '-c', file] })
    const ask = async (token: string) => {
      const response = Buffer.from(`user=u1\u0001auth=Bearer ${token}\u0001\u0001`).toString('base64')
      const said = await converse(port, [
        [/^\* OK/, `a AUTHENTICATE XOAUTH2 ${response}\r\n`],
        [/^\+ /, '\r\n'],
        [/^a (?:OK|\w+ \[\w+\])/m],
      ])
      return { accepted: said === 'a OK', text: `\`${said.replace('a ', '')}\`` }
    }
    return { version: debianVersion('dovecot-core'), ask }
  },
}
