import { join } from 'node:path'
import { debianVersion, freePort } from '../bench.ts'
import type { Kind, Recipe } from '../recipe.ts'

export const postgresql: Recipe = {
  system: 'PostgreSQL',
  debian: ['postgresql-15'],
  claims: '`exp`, as written',
  secret: 'text',
  carried: 'as an argument of the function',
  start: async (bench) => {
    const port = await freePort()
    const sql = bench.configure('jwt.sql')
    const user = bench.giveTo('postgres')
    const bin = (name: string): string => join('/usr/lib/postgresql/15/bin', name)
    const data = join(bench.folder, 'data')
    bench.run(bin('initdb'), { args: ['-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', '-D', data], user })
    const local = ['-c', 'listen_addresses=127.0.0.1', '-k', bench.folder]
    await bench.serve(bin('postgres'), port, { args: ['-D', data, '-p', `${port}`, ...local], user })
    const psql = (input: string, ...options: readonly string[]): string => {
      const args = ['-h', '127.0.0.1', '-p', `${port}`, '-d', 'postgres', '-qAtX', ...options]
      return bench.run(bin('psql'), { args, user, input, allowFailure: true }).trim()
    }
    for (let attempt = 0; psql('select 1') !== '1' && attempt < 50; attempt++) await new Promise((resolve) => setTimeout(resolve, 100))
    const trouble = psql('', '-v', 'ON_ERROR_STOP=1', '-f', sql)
    if (trouble !== '') throw new Error(trouble)
    const ask = async (token: string) => {
      const said = psql(`select jwt_claims('${token}', '${bench.secret}')`, '-v', 'VERBOSITY=terse')
      return { accepted: said.startsWith('{'), text: said.startsWith('{') ? 'the claims' : `\`${said}\`` }
    }
    const issue = async (kind: Kind) => {
      const lifetime = kind === 'expired' ? -3600 : 3600
      const claims = `jsonb_build_object('sub', 'u1', 'aud', 'orders', 'exp', extract(epoch from clock_timestamp())::bigint + ${lifetime})`
      return psql(`select jwt_sign(${claims}, '${kind === 'forged' ? bench.secret.toUpperCase() : bench.secret}')`)
    }
    return { version: debianVersion('postgresql-15'), ask, issue }
  },
}
