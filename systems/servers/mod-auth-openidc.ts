import { join } from 'node:path'
import { bearer } from '../ask.ts'
import { debianVersion, freePort } from '../bench.ts'
import { PROBES, type Recipe } from '../recipe.ts'

/** What Debian's own configuration has. */
const main = (folder: string, port: number, modules: readonly string[], file: string): string => `
ServerRoot /etc/apache2
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${join(folder, 'pid')}
ErrorLog ${join(folder, 'log')}
DefaultRuntimeDir ${folder}
DocumentRoot ${join(folder, 'www')}
${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
Include ${file}
`

export const modAuthOpenidc: Recipe = {
  system: 'Apache with mod_auth_openidc',
  claims: '`sub`',
  secret: '`plain##`, `b64##`, `b64url##` or `hex##`',
  carried: '`Bearer`, case-insensitive',
  probes: PROBES,
  start: async (bench) => {
    const port = await freePort()
    const file = bench.configure('orders.conf')
    bench.write('www/orders', 'the orders')
    const modules = ['mpm_prefork', 'authn_core', 'authz_core', 'authz_user', 'auth_openidc']
    const config = bench.write('apache2.conf', main(bench.folder, port, modules, file))
    await bench.serve('apache2', port, { args: ['-DFOREGROUND', '-f', config], user: bench.giveTo('www-data') })
    return { version: debianVersion('libapache2-mod-auth-openidc'), ask: bearer(`http://127.0.0.1:${port}/orders`) }
  },
}
