/** The reports service, a Fetch handler as it would run on Workers, Deno or Bun; here Node serves it. It never calls the auth service. */
import { createServer } from 'node:http'
import { createKey } from 'hs256'
import { requireJwt } from '../adapters/fetch.ts'
import { ISSUER, User } from './agreement.ts'
import { toNodeListener } from './fetch-bridge.ts'
import { serve } from './serve.ts'

const key = createKey(process.env['JWT_SECRET'])

/** `GET /reports`: for the group `finance` only. */
const readReports = requireJwt(key, { verify: { issuer: ISSUER, audience: 'reports', schema: User } }, (_request, { claims }) =>
  claims.groups.includes('finance')
    ? Response.json({ user: claims.sub, revenue: 1843 })
    : Response.json({ error: 'forbidden', message: 'reports are for the group finance' }, { status: 403 }),
)

async function handle(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  return request.method === 'GET' && pathname === '/reports' ? readReports(request) : Response.json({ error: 'not_found' }, { status: 404 })
}

serve(createServer(toNodeListener(handle)))
