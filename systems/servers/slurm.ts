import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { http } from '../ask.ts'
import { debianVersion, freePort } from '../bench.ts'
import { PROBES, type Kind, type Recipe } from '../recipe.ts'

export const slurm: Recipe = {
  system: 'Slurm',
  debian: ['slurmctld', 'slurmrestd', 'slurm-client', 'slurm-wlm-jwt-plugin', 'slurm-wlm-basic-plugins', 'munge'],
  claims: '`sun`, `exp`',
  secret: 'bytes of a file, its line end included',
  form: 'file',
  carried: '`X-SLURM-USER-TOKEN`',
  probes: PROBES,
  ci: false,
  start: async (bench) => {
    const [port, control] = [await freePort(), await freePort()]
    const at = (name: string): string => join(bench.folder, name)
    bench.write('jwt.key', `${bench.secret}\n`, 0o600)
    bench.write('munge.key', randomBytes(32).toString('hex'), 0o400)
    bench.write('state/none', '')
    const settings = {
      '/etc/slurm/jwt.key': at('jwt.key'),
      'SlurmctldPort=6817': `SlurmctldPort=${control}`,
      '/var/lib/slurm': at('state'),
    }
    const lines = ['CommunicationParameters=NoCtldInAddrAny', `AuthInfo=socket=${at('munge.socket')}`, `SlurmctldPidFile=${at('pid')}`]
    bench.write('slurm.conf', `include ${bench.configure('cluster.conf', settings)}\n${lines.join('\n')}\n`)
    const env = { SLURM_CONF: at('slurm.conf') }
    const user = bench.giveTo('slurm')
    const files = ['key', 'pid', 'log', 'seed'].map((name) => `--${name}-file=${at(`munge.${name}`)}`)
    await bench.serve('munged', undefined, { args: ['-F', `--socket=${at('munge.socket')}`, ...files], user })
    await bench.serve('slurmctld', control, { args: ['-D'], env, user })
    const rest = { args: ['-s', 'openapi/v0.0.38', '-a', 'rest_auth/jwt', `127.0.0.1:${port}`], env: { ...env, SLURM_JWT: 'daemon' } }
    await bench.serve('slurmrestd', port, { ...rest, user: 'daemon' })
    const issue = async (kind: Kind) => {
      const make = (seconds: number): string => bench.run('scontrol', { args: ['token', `lifespan=${seconds}`], env, user }).trim()
      const token = make(kind === 'expired' ? 1 : 600).replace('SLURM_JWT=', '')
      if (kind === 'expired') await sleep(2100)
      return kind === 'forged' ? token.replace(/[^.]+$/, make(700).split('.')[2] ?? '') : token
    }
    const headers = (token: string) => ({ 'x-slurm-user-name': 'slurm', 'x-slurm-user-token': token })
    return { version: debianVersion('slurmctld'), ask: http(`http://127.0.0.1:${port}/slurm/v0.0.38/diag`, { headers }), issue }
  },
}
