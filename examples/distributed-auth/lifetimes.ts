/** How long tokens live, in seconds; the environment may shorten it, for tests and for whoever wants to watch. */
import { z } from 'zod'

const Seconds = z.coerce.number().int().positive()

/** An access token's life. A service that trusts it calls nobody, so whoever loses a role keeps it for so long at most. */
export const ACCESS_SECONDS = Seconds.default(3600).parse(process.env['ACCESS_SECONDS'])

/** From sign-in until one signs in again, however often the access token is renewed: 12 hours. */
export const SESSION_SECONDS = Seconds.max(12 * 3600)
  .default(12 * 3600)
  .parse(process.env['SESSION_SECONDS'])
