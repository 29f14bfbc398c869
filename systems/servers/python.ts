/** Servers in Python. */
import { bearer, http } from '../ask.ts'
import type { Recipe } from '../recipe.ts'
import { daemon, type Daemon } from './daemon.ts'

/** The view that the page need not show. */
const VIEW = `
from django.http import HttpResponse
from django.urls import path
from rest_framework.decorators import api_view
@api_view()
def orders(request): return HttpResponse('the orders')
urlpatterns = [path('orders', orders)]
`

/** A server whose own token is what a program prints, in which LIFETIME is a number of seconds. */
const python = (maker: string, recipe: Pick<Daemon, 'system' | 'debian' | 'claims' | 'files' | 'run'>): Recipe =>
  daemon({
    ...recipe,
    secret: 'text',
    carried: '`Bearer`, case-sensitive',
    write: { 'view.py': VIEW },
    env: { DJANGO_SECRET: 'SECRET', DJANGO_SETTINGS_MODULE: 'settings', PYTHONPATH: 'FOLDER', PYTHONDONTWRITEBYTECODE: '1' },
    user: 'daemon',
    to: (port) => bearer(`http://127.0.0.1:${port}/orders`),
    issue: (kind, bench, env) => {
      const input = `from datetime import timedelta\n${maker.replace('LIFETIME', kind === 'expired' ? '-60' : '3600')}`
      const JWT_SECRET = kind === 'forged' ? `${bench.secret}-another` : bench.secret
      return bench.run('/usr/bin/python3', { args: ['-'], input, env: { ...env, JWT_SECRET } }).trim()
    },
  })

export const PYTHON: readonly Recipe[] = [
  daemon({
    system: 'websockify',
    debian: ['websockify', 'python3-jwcrypto'],
    claims: '`host`, `port`',
    secret: 'base64url in a file, without a line end',
    form: 'base64url',
    carried: '`?token=`',
    files: [],
    write: { 'jwt.key': 'SECRET' },
    run: 'websockify --token-plugin JWTTokenApi --token-source FOLDER/jwt.key 127.0.0.1:PORT',
    user: 'daemon',
    to: (port) => {
      process.env['DESKTOP_PORT'] = String(port) // its own, which accepts connections as well as any other
      const upgrade = {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': btoa('a'.repeat(16)),
      }
      return http(`http://127.0.0.1:${port}/?token=TOKEN`, { headers: () => upgrade })
    },
  }),
  python(
    `import django; django.setup()
from rest_framework_simplejwt.tokens import AccessToken
token = AccessToken(); token['user_id'] = 1; token.set_exp(lifetime=timedelta(seconds=LIFETIME)); print(token)`,
    {
      system: 'Django with SimpleJWT',
      debian: ['python3-djangorestframework-simplejwt'],
      claims: '`token_type: access`, `user_id`, `jti`, `exp`',
      files: ['settings.py'],
      run: '/usr/bin/python3 -m django runserver --noreload 127.0.0.1:PORT',
    },
  ),
  python(
    `from app import app, create_access_token
with app.app_context(): print(create_access_token('u1', expires_delta=timedelta(seconds=LIFETIME)))`,
    {
      system: 'Flask with flask-jwt-extended',
      debian: ['python3-python-flask-jwt-extended'],
      claims: '`sub`',
      files: ['app.py'],
      run: '/usr/bin/python3 -m flask --app app run -p PORT',
    },
  ),
]
