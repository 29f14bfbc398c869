/** Users of the system, who do what the page does: call the services, renew in time, and sign in again when their session ends. */
import { setTimeout as sleep } from 'node:timers/promises'
import { decodeUnverified, secondsLeft } from 'hs256'
import type { System } from './system.ts'

/** One user, with the cookies that a browser would keep. */
export class Person {
  served = 0
  /** Answers with an unexpected status, as status and path. */
  readonly refused: string[] = []
  signIns = 0
  renewals = 0
  readonly #urls: System['urls']
  readonly #credentials: string
  readonly #isManager: boolean
  #cookies = ''
  #sessionEnds = 0
  #working = true

  constructor(urls: System['urls'], user: string, password: string) {
    this.#urls = urls
    this.#credentials = JSON.stringify({ user, password })
    this.#isManager = user === 'ada'
  }

  /** Works until stopped. */
  async work(): Promise<void> {
    let token = await this.signIn()
    while (this.#working) {
      if (this.#sessionEnds - Date.now() / 1000 < 2.5) token = await this.signIn()
      else if (secondsLeft(decodeUnverified(token)) < 2) token = await this.renew()
      await this.#count(fetch(`${this.#urls.orders}/orders`, { headers: { Cookie: this.#cookies } }), 200)
      await this.#count(fetch(`${this.#urls.reports}/reports`, { headers: { Cookie: this.#cookies } }), this.#isManager ? 200 : 403)
      await sleep(20)
    }
  }

  /** Stops after the current request. */
  stop(): void {
    this.#working = false
  }

  /** Signs in, and returns the access token. */
  async signIn(): Promise<string> {
    this.signIns += 1
    const headers = { 'Content-Type': 'application/json' }
    return this.#take(fetch(`${this.#urls.auth}/login`, { method: 'POST', headers, body: this.#credentials }))
  }

  /** Renews with the session's cookie, and returns the access token. */
  async renew(): Promise<string> {
    this.renewals += 1
    return this.#take(fetch(`${this.#urls.auth}/renew`, { method: 'POST', headers: { Cookie: this.#cookies } }))
  }

  /** The status of a service's answer to a token. */
  async statusAt(service: 'orders' | 'reports', token: string): Promise<number> {
    const response = await fetch(`${this.#urls[service]}/${service}`, { headers: { Authorization: `Bearer ${token}` } })
    await response.arrayBuffer()
    return response.status
  }

  async #take(request: Promise<Response>): Promise<string> {
    const response = await this.#count(request, 200)
    const { token, session_ends } = (await response.json()) as { readonly token: string; readonly session_ends: number }
    this.#cookies = response.headers
      .getSetCookie()
      .map((cookie) => cookie.replace(/;.*/, ''))
      .join('; ')
    this.#sessionEnds = session_ends
    return token
  }

  async #count(request: Promise<Response>, expected: number): Promise<Response> {
    const response = await request
    if (response.status === expected) this.served += 1
    else this.refused.push(`${response.status} ${new URL(response.url).pathname}`)
    return response
  }
}
