/** How a token that is not well-formed is refused. */
import { JwtMalformedError } from '../errors.ts'

/**
 * Refuses a token.
 * @throws {JwtMalformedError} unless the condition holds
 */
export function expectWellFormed(condition: unknown, flaw: string, part = ''): asserts condition {
  if (!condition) throw new JwtMalformedError(`token ${part}${flaw}`)
}
