/** Reads options by a table that holds the reader and the default of each. */
import { INSTEAD, RENAMED } from './hints.ts'
import { isPlainObject, own, type PlainObject } from './object.ts'

/** Checks an option's value, and returns it in normalized form. */
type Reader<Value> = (value: unknown, name: string) => Value

/** The reader and the default of each option. */
type Entries = Readonly<Record<string, readonly [read: Reader<unknown>, byDefault: unknown]>>

/** The table of the options of one function. */
export interface OptionTable<Table extends Entries = Entries> {
  readonly entries: Table
  readonly defaults: PlainObject
}

/** The normalized options of a table. */
export type OptionsOf<Options extends OptionTable> = {
  readonly [Name in keyof Options['entries']]:
    ReturnType<Options['entries'][Name][0]> | Options['entries'][Name][1]
}

/** Makes a table. Its defaults are one complete object, so a polluted prototype sets no option. */
export function defineOptions<Table extends Entries>(entries: Table): OptionTable<Table> {
  const pairs = Object.entries(entries).map(([name, [, byDefault]]) => [name, byDefault] as const)
  return { entries, defaults: Object.fromEntries(pairs) } // assignment would call a foreign setter
}

/** Joins two tables. Bundlers drop an unused call, but not an unused literal with spreads. */
export function joinOptions<First extends Entries, Second extends Entries>(
  first: OptionTable<First>,
  second: OptionTable<Second>,
): OptionTable<First & Second> {
  return defineOptions({ ...first.entries, ...second.entries })
}

/**
 * Reads options. An unknown name and a value that is `undefined` are rejected: neither a typo nor
 * an unset environment variable may disable a check.
 * @param hints what to do instead, by the name of an unknown option
 * @throws {TypeError} for an unknown or undefined option; the readers' errors are passed on
 */
export function readOptions<Options extends OptionTable>(
  options: unknown = {},
  { entries, defaults }: Options,
  hints: Readonly<Record<string, string>> = INSTEAD,
): OptionsOf<Options> {
  if (!isPlainObject(options)) {
    refuseCallback([options])
    const [first] = Object.keys(entries)
    throw new TypeError(`options must be a plain object such as { ${first}: … }`)
  }
  const read: Record<string, unknown> = { ...defaults }
  const names = Object.getOwnPropertyNames(options) // `Reflect.ownKeys` takes twice as long
  for (const symbol of Object.getOwnPropertySymbols(options)) names.push(String(symbol))
  for (const name of names) {
    const entry = Object.hasOwn(entries, name) ? entries[name] : undefined
    if (entry === undefined) {
      const renamed = own(RENAMED, name)
      const isKnown = Object.hasOwn(entries, String(renamed))
      const hint = isKnown ? `use ${renamed}` : own(hints, name)
      const cure = hint ?? `the options are ${Object.keys(entries).join(', ')}`
      throw new TypeError(`unknown option ${name}: ${cure}`)
    }
    const value = options[name]
    if (value === undefined) {
      const isLifetime = name === 'expiresIn'
      const cure = isLifetime ? "pass a lifetime such as '1h' or 'never'" : 'leave it out'
      throw new TypeError(
        `${name} is undefined: ${cure}, or set the environment variable it comes from`,
      )
    }
    read[name] = entry[0](value, name)
  }
  return read as OptionsOf<Options> // each member is a default, or what its reader returned
}

/**
 * Rejects a callback, which would never be called. Other extra arguments are ignored, so that
 * `tokens.map(check)` works.
 * @param from the index of the first argument that may not be a function
 */
export function refuseCallback(values: ArrayLike<unknown>, from = 0): void {
  for (let i = from; i < values.length; i++)
    if (typeof values[i] === 'function')
      throw new TypeError('callbacks are not supported: await the promise, or use the return value')
}

/** Reads a non-empty string. */
export function readString(value: unknown, name: string): string {
  if (typeof value === 'string' && value !== '') return value
  throw new TypeError(`${name} must be a non-empty string`)
}

/** Reads a non-empty string, or a list of them. */
export function readStrings(value: unknown, name: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? Array.from<unknown>(value) : [value]
  const strings: string[] = []
  for (const item of list) if (typeof item === 'string' && item !== '') strings.push(item)
  if (strings.length > 0 && strings.length === list.length) return strings
  throw new TypeError(`${name} must be a non-empty string or a non-empty list of such strings`)
}

/** Reads a positive integer. */
export function readCount(value: unknown, name: string): number {
  if (Number.isSafeInteger(value) && Number(value) > 0) return Number(value)
  throw new TypeError(`${name} must be a positive integer`)
}

/** Makes a reader of strings that match a pattern. */
export function matching(pattern: RegExp, form: string): Reader<string> {
  return (value, name) => {
    if (typeof value === 'string' && pattern.test(value)) return value
    throw new TypeError(`${name} must be ${form}`)
  }
}

/** Reads `true` or `false`. */
export function readBoolean(value: unknown, name: string): boolean {
  if (typeof value === 'boolean') return value
  throw new TypeError(`${name} must be true or false`)
}
