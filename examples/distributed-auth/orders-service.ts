/** The orders service, on Express 5. It verifies tokens with the shared secret, and never calls the auth service. */
import { createServer } from 'node:http'
import express, { type ErrorRequestHandler } from 'express'
import { z } from 'zod'
import { requireJwt } from '../adapters/express.ts'
import { ACCESS, AccessClaims, ISSUER } from './agreement.ts'
import { corsHeaders, ORIGINS } from './cors.ts'
import { currentKeys } from './keys.ts'
import { isOutage, OUTAGE, revocations } from './revocations.ts'
import { serve } from './serve.ts'

const NewOrder = z.object({ item: z.string().trim().min(1).max(40) })

const MAX_ORDERS = 6

const orders = [
  { id: 'A-17', item: 'Difference engine', seller: 'ada' },
  { id: 'A-18', item: 'Nanosecond of wire', seller: 'grace' },
]
let lastNumber = 18

const guard = requireJwt(currentKeys, {
  verify: { issuer: ISSUER, audience: 'orders', type: ACCESS, schema: AccessClaims },
  trustedOrigins: ORIGINS,
  isRevoked: revocations.isRevoked,
  realm: 'orders',
})

const app = express().disable('x-powered-by').disable('etag')

app.use((request, response, next) => {
  response.set({ ...corsHeaders(request.headers.origin), 'Cache-Control': 'no-store' })
  if (request.method === 'OPTIONS') response.status(204).end()
  else next()
})

/** `GET /orders`: a manager sees all orders, others their own. */
app.get('/orders', guard, (request, response) => {
  const { sub, role } = guard.jwtOf(request).claims
  response.json({ user: sub, orders: orders.filter(({ seller }) => role === 'manager' || seller === sub) })
})

/** `POST /orders`: places an order. It also accepts forms, as many services do: only the guard keeps out those of other pages. */
app.post('/orders', guard, express.json({ limit: 4096 }), express.urlencoded({ limit: 4096 }), (request, response) => {
  const order = NewOrder.safeParse(request.body)
  if (order.success) response.status(201).json(place(order.data.item, guard.jwtOf(request).claims.sub))
  else response.status(400).json({ error: 'refused', message: 'the body must be {"item":"…"}' })
})

function place(item: string, seller: string): (typeof orders)[number] {
  lastNumber += 1
  const placed = { id: `A-${lastNumber}`, item, seller }
  if (orders.push(placed) > MAX_ORDERS) orders.shift() // keep the demo's memory small
  return placed
}

/** An outage of the revocation list: the client may try again. */
const unavailable: ErrorRequestHandler = (error, _request, response, next) => {
  if (isOutage(error)) response.status(OUTAGE.status).set(OUTAGE.headers).json(OUTAGE.body)
  else next(error)
}
app.use(unavailable)

serve(createServer(app))
