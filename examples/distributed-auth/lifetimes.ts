/** How long tokens live, in seconds. The environment may shorten this for tests and demos. */
import { z } from 'zod'

const Seconds = z.coerce.number().int().positive()

/** The lifetime of an access token. Services verify it without calling anyone, so a user who loses a role keeps it for this long at most. */
export const ACCESS_SECONDS = Seconds.default(3600).parse(process.env['ACCESS_SECONDS'])

/** The time from sign-in until the user must sign in again, however often the access token is renewed: 12 hours. */
export const SESSION_SECONDS = Seconds.max(12 * 3600)
  .default(12 * 3600)
  .parse(process.env['SESSION_SECONDS'])
