import { setTimeout as sleep } from 'node:timers/promises'
import { http } from '../ask.ts'
import type { Recipe } from '../recipe.ts'
import { daemon } from './daemon.ts'

const munge = ['key', 'pid', 'log', 'seed'].map((name) => `--${name}-file=FOLDER/munge.${name}`).join(' ')

export const slurm: Recipe = daemon({
  system: 'Slurm',
  debian: ['slurmctld', 'slurmrestd', 'slurm-client', 'slurm-wlm-jwt-plugin', 'slurm-wlm-basic-plugins', 'munge'],
  claims: '`sun`, `exp`',
  secret: 'bytes of a file, its line end included',
  form: 'file',
  carried: '`X-SLURM-USER-TOKEN`',
  files: ['cluster.conf'],
  ports: ['127.0.0.1:6820', 'SlurmctldPort=6817'],
  folder: '/var/lib/slurm',
  write: {
    'slurm.conf': `include FILE
CommunicationParameters=NoCtldInAddrAny
AuthInfo=socket=FOLDER/munge.socket
SlurmctldPidFile=FOLDER/pid
`,
    'jwt.key': 'SECRET\n',
    'munge.key': 'SECRET',
  },
  before: [`munged -F --socket=FOLDER/munge.socket ${munge}`, 'slurmctld -D'],
  run: 'env SLURM_JWT=daemon slurmrestd -s openapi/v0.0.38 -a rest_auth/jwt 127.0.0.1:PORT',
  env: { SLURM_CONF: 'FOLDER/slurm.conf' },
  owner: 'slurm',
  user: 'daemon',
  to: (port) =>
    http(`http://127.0.0.1:${port}/slurm/v0.0.38/diag`, {
      headers: (token) => ({ 'x-slurm-user-name': 'slurm', 'x-slurm-user-token': token }),
    }),
  issue: async (kind, bench, env) => {
    const options = { env, user: 'slurm' }
    const make = (seconds: number): string => bench.run('scontrol', { args: ['token', `lifespan=${seconds}`], ...options }).trim()
    const token = make(kind === 'expired' ? 1 : 600).replace('SLURM_JWT=', '')
    if (kind === 'expired') await sleep(2100)
    return kind === 'forged' ? token.replace(/[^.]+$/, make(700).split('.')[2] ?? '') : token
  },
})
