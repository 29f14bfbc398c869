/** The reports service: a Fetch handler as for Workers, Deno or Bun, served by Node here. It never calls the auth service. */
import { createServer } from 'node:http'
import { forbidden } from 'hs256/http'
import { requireJwt } from '../adapters/fetch.ts'
import { ACCESS, AccessClaims, ISSUER } from './agreement.ts'
import { corsHeaders, ORIGINS } from './cors.ts'
import { toNodeListener } from './fetch-bridge.ts'
import { currentKeys } from './keys.ts'
import { isOutage, OUTAGE, revocations } from './revocations.ts'
import { serve } from './serve.ts'

const options = {
  verify: { issuer: ISSUER, audience: 'reports', type: ACCESS, schema: AccessClaims },
  trustedOrigins: ORIGINS,
  isRevoked: revocations.isRevoked,
  realm: 'reports',
}

/** `GET /reports`: for managers only. Other users get 403, because a new token would not help them. */
const readReports = requireJwt(currentKeys, options, (_request, { claims }) => {
  if (claims.role === 'manager') return Response.json({ user: claims.sub, quarter: 'Q3', revenue: 18_430, margin: 0.31 })
  const { body, ...refusal } = forbidden({ realm: 'reports', scope: 'reports:read' })
  return new Response(body, refusal)
})

async function handle(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (request.method === 'OPTIONS') return new Response(null, { status: 204 })
  return request.method === 'GET' && pathname === '/reports' ? readReports(request) : Response.json({ error: 'not_found' }, { status: 404 })
}

async function handleWithCors(request: Request): Promise<Response> {
  const response = await handle(request).catch((error: unknown) => {
    if (isOutage(error)) return Response.json(OUTAGE.body, OUTAGE)
    throw error
  })
  for (const [name, value] of Object.entries(corsHeaders(request.headers.get('Origin')))) response.headers.set(name, value)
  response.headers.set('Cache-Control', 'no-store')
  return response
}

serve(createServer(toNodeListener(handleWithCors)))
