/** Servers in Python. */
import { createServer } from 'node:net'
import { bearer, http } from '../ask.ts'
import { debianVersion, freePort } from '../bench.ts'
import { PROBES, type Kind, type Recipe } from '../recipe.ts'

const websockify: Recipe = {
  system: 'websockify',
  debian: ['websockify', 'python3-jwcrypto'],
  claims: '`host`, `port`',
  secret: 'base64url in a file, without a line end',
  form: 'base64url',
  carried: '`?token=`',
  probes: PROBES,
  ci: false,
  start: async (bench) => {
    const [port, desktop] = [await freePort(), await freePort()]
    const target = createServer((socket) => socket.on('error', () => {})).listen(desktop, '127.0.0.1')
    bench.atEnd(() => target.close())
    process.env['DESKTOP_PORT'] = String(desktop)
    const file = bench.write('jwt.key', bench.secret)
    await bench.serve('websockify', port, {
      args: ['--token-plugin', 'JWTTokenApi', '--token-source', file, `127.0.0.1:${port}`],
      user: 'daemon',
    })
    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': btoa('0123456789abcdef'),
    }
    return { version: debianVersion('websockify'), ask: http(`http://127.0.0.1:${port}/?token=TOKEN`, { headers: () => upgrade }) }
  },
}

/** A program of Python that makes a token in the configuration of the page. */
const MAKERS = {
  flask: (seconds: number) => `
from app import app, create_access_token
from datetime import timedelta
with app.app_context(): print(create_access_token('u1', expires_delta=timedelta(seconds=${seconds})))`,
  django: (seconds: number) => `
import django; django.setup()
from datetime import timedelta
from rest_framework_simplejwt.tokens import AccessToken
token = AccessToken(); token['user_id'] = 1; token.set_exp(lifetime=timedelta(seconds=${seconds})); print(token)`,
}

/** The view that the page need not show. */
const VIEW = `
from django.http import HttpResponse
from django.urls import path
from rest_framework.decorators import api_view
@api_view()
def orders(request): return HttpResponse('the orders')
urlpatterns = [path('orders', orders)]
`

const python = (
  recipe: Omit<Recipe, 'start' | 'secret' | 'carried'>,
  name: string,
  maker: keyof typeof MAKERS,
  serve: (port: number) => string,
): Recipe => ({
  ...recipe,
  secret: 'text',
  carried: '`Bearer`, case-sensitive',
  probes: PROBES,
  ci: false,
  start: async (bench) => {
    const port = await freePort()
    bench.configure(name)
    bench.write('view.py', VIEW)
    const env = {
      JWT_SECRET: bench.secret,
      DJANGO_SECRET: bench.secret,
      PYTHONPATH: bench.folder,
      DJANGO_SETTINGS_MODULE: 'settings',
      PYTHONDONTWRITEBYTECODE: '1',
    }
    await bench.serve('/usr/bin/python3', port, { args: serve(port).split(' '), env, user: 'daemon' })
    const issue = async (kind: Kind) => {
      const JWT_SECRET = kind === 'forged' ? `${bench.secret}-another` : bench.secret
      const input = MAKERS[maker](kind === 'expired' ? -60 : 3600)
      return bench.run('/usr/bin/python3', { args: ['-'], input, env: { ...env, JWT_SECRET } }).trim()
    }
    return { version: debianVersion(recipe.debian?.[0] ?? ''), ask: bearer(`http://127.0.0.1:${port}/orders`), issue }
  },
})

const flask = python(
  { system: 'Flask with flask-jwt-extended', debian: ['python3-python-flask-jwt-extended'], claims: '`sub`' },
  'app.py',
  'flask',
  (port) => `-m flask --app app run -p ${port}`,
)

const django = python(
  {
    system: 'Django with SimpleJWT',
    debian: ['python3-djangorestframework-simplejwt'],
    claims: '`token_type: access`, `user_id`, `jti`, `exp`',
  },
  'settings.py',
  'django',
  (port) => `-m django runserver --noreload 127.0.0.1:${port}`,
)

export const PYTHON: readonly Recipe[] = [websockify, django, flask]
