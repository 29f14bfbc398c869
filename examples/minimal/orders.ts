/** A service that accepts the tokens of `auth.ts`. It shares the secret, and never calls the auth service. */
import { createServer } from 'node:http'
import { createKey } from 'hs256'
import { requireJwt } from '../adapters/node-http.ts'

const verify = { issuer: 'https://auth.example', audience: 'orders', type: 'at+jwt', required: ['sub', 'role'] }

/** Every request needs a token; a manager sees all orders. */
const showOrders = requireJwt(createKey(process.env['JWT_SECRET']), { verify, realm: 'orders' }, (_request, response, { claims }) => {
  const orders = [
    { id: 'A-17', seller: 'ada' },
    { id: 'A-18', seller: 'grace' },
  ]
  const visible = orders.filter(({ seller }) => claims['role'] === 'manager' || seller === claims.sub)
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(JSON.stringify({ orders: visible }))
})

const server = createServer(showOrders)
server.listen(Number(process.env['PORT'] ?? 3001), '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address) console.log(`http://127.0.0.1:${address.port}`)
})
