/** Runs on Bun: the adapters for Elysia, and for Fetch on routes with parameters, each guard on a port of its own. Prints their URLs. */
import type { BunRequest } from 'bun'
import { Elysia } from 'elysia'
import { requireJwt as requireJwtInElysia } from '../examples/adapters/elysia.ts'
import { requireJwt as requireJwtInFetch } from '../examples/adapters/fetch.ts'
import { GUARDS, key } from '../test/support/requests.ts'

const onLoopback = { hostname: '127.0.0.1', port: 0 }
const toUrl = (server: { readonly url: URL } | null): string => `${server?.url.origin}/orders/7`

const urls = Object.entries(GUARDS).flatMap(([name, { options, keys = key }]) => {
  const app = new Elysia()
    .derive(requireJwtInElysia(keys, options))
    .all('/orders/:id', ({ jwt, params }) => `${params.id} ${jwt?.claims.sub}`)
  const handler = requireJwtInFetch(
    keys,
    options,
    (request: BunRequest<'/orders/:id'>, jwt) => new Response(`${request.params.id} ${jwt?.claims.sub}`),
  )
  const server = Bun.serve({ ...onLoopback, routes: { '/orders/:id': handler }, error: () => new Response(null, { status: 500 }) })
  return [
    [name, 'Elysia', toUrl(app.listen(onLoopback).server)],
    [name, 'Bun.serve', toUrl(server)],
  ]
})
console.log(JSON.stringify(urls))
