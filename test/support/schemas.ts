/** Schemas made by hand. */

/** A schema that validates with this function. */
export const schemaOf = (
  validate: (value: never) => unknown,
): { '~standard': { version: 1; vendor: string; validate: typeof validate } } => ({ '~standard': { version: 1, vendor: 'test', validate } })
