/** The orders service, on Express 5: it trusts what a token says, by the secret alone, and never calls the auth service. */
import { createServer } from 'node:http'
import express from 'express'
import { createKey } from 'hs256'
import { requireJwt } from '../adapters/express.ts'
import { ISSUER, User } from './agreement.ts'
import { serve } from './serve.ts'

const key = createKey(process.env['JWT_SECRET'])

const ORDERS = [
  { id: 'A-17', seller: 'ada' },
  { id: 'A-18', seller: 'grace' },
]

const app = express().disable('x-powered-by')

/** `GET /orders`: a manager sees all orders, others their own. */
app.get('/orders', requireJwt(key, { verify: { issuer: ISSUER, audience: 'orders', schema: User } }), (_request, response) => {
  const { sub, role } = response.locals.jwt.claims
  const visible = ORDERS.filter(({ seller }) => role === 'manager' || seller === sub)
  response.json({ user: sub, orders: visible.map(({ id }) => id) })
})

serve(createServer(app))
