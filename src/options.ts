/** How every function here reads its options: own members of a plain object, each of them known, and each with a value. */

/** For each option the function that checks its value, and returns what the library works with. */
export type Readers<Options> = {
  readonly [Name in keyof Options]-?: (value: unknown, name: string) => Exclude<Options[Name], undefined>
}

/** What users of other libraries write, and what there is here. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  algorithms: 'HS256 is the only one',
  clockTimestamp: 'now',
  currentDate: 'now',
  ignoreExpiration: 'decodeUnverified',
  leeway: 'clockTolerance',
  maxTokenAge: 'maxAge',
  requiredClaims: 'required',
  typ: 'type',
}

/**
 * Reads options. An unset environment variable or a slip of the pen must not open a door, so an unknown name and a value that is
 * `undefined` are refused, not passed over.
 * @throws {TypeError} where the options are no plain object, or hold an unknown name or `undefined`
 */
export function readOptions<Options extends object>(options: unknown, readers: Readers<Options>, defaults: Partial<Options> = {}): Options {
  if (options !== undefined && !isPlainObject(options)) throw mistake('options', 'a plain object')
  const read = Object.assign(Object.create(null), defaults) as Record<string, unknown> // a polluted Object.prototype sets no option
  for (const [name, value] of Object.entries(options ?? {})) {
    if (!Object.hasOwn(readers, name)) {
      throw new TypeError(
        `unknown option ${name}: use ${own<Record<string, string>, string>(ELSEWHERE, name) ?? Object.keys(readers).join(', ')}`,
      )
    }
    if (value === undefined) throw new TypeError(`option ${name} is undefined: give it a value or leave it out`)
    read[name] = readers[name as keyof Options](value, name)
  }
  return read as Options // its readers have made every member
}

/** Whether a value is an object written with braces, of any realm, or one without a prototype. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** The kind that a value calls itself, whatever realm it is from, where constructors differ: `Array`, `Date`, `CryptoKey`, … */
export function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1)
}

/** Reads an own member: what an object inherits, or someone has put on `Object.prototype`, is not its own word. */
export function own<T extends object, Name extends keyof T>(object: T, name: Name): T[Name] | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** A caller's mistake in a value. */
export function mistake(name: string, wanted: string): TypeError {
  return new TypeError(`${name} must be ${wanted}`)
}

/** Reads a text that is not empty. */
export function text(value: unknown, name: string): string {
  if (typeof value !== 'string' || value === '') throw mistake(name, 'a text that is not empty')
  return value
}

/** Reads a list of texts, or one text as a list of one. */
export function texts(value: unknown, name: string): readonly string[] {
  const list = [value].flat()
  if (list.length === 0) throw mistake(name, 'a list that is not empty')
  return list.map((item) => text(item, name))
}

/** Reads `true` or `false`. */
export function flag(value: unknown, name: string): boolean {
  if (typeof value !== 'boolean') throw mistake(name, 'true or false')
  return value
}
