/** What every result of a guard has: six members, which agree. */
import { JwtError } from 'hs256'
import type { Authentication } from 'hs256/http'
import { expect } from 'vitest'

const MEMBERS = ['error', 'jwt', 'reason', 'response', 'source', 'status']
const STATUS_OF = { missing_token: 401, token_expired: 401, invalid_token: 401, cross_origin: 403, preflight: 204 } as const

/** Checks the shape of a result, and returns it. Only an authenticated or anonymous request may have no response. */
export function expectResult<Result extends Authentication<object>>(result: Result): Result {
  expect(Object.keys(result).sort()).toEqual(MEMBERS)
  const { status, jwt, source, response, reason, error }: Authentication<object> = result
  const mayRun = status === 'authenticated' || status === 'anonymous'
  expect(response === null, `response if ${status}`).toBe(mayRun)
  expect(reason === undefined, `reason if ${status}`).toBe(mayRun)
  expect(jwt !== undefined, `jwt if ${status}`).toBe(status === 'authenticated')
  expect(source !== undefined, `source if ${status}`).toBe(status === 'authenticated')
  expect(error instanceof JwtError, `error if ${reason}`).toBe(['token_expired', 'invalid_token'].includes(reason ?? ''))
  if (error === undefined || status !== 'denied') expect(error).toBeUndefined()
  if (response === null || reason === undefined) return result
  expect(Object.keys(response).sort()).toEqual(['body', 'headers', 'status'])
  expect(response.status).toBe(STATUS_OF[reason])
  if (status === 'preflight') expect([response, reason]).toEqual([{ status: 204, headers: {}, body: null }, 'preflight'])
  else expect((JSON.parse(response.body) as { readonly error: unknown }).error).toBe(reason)
  return result
}
