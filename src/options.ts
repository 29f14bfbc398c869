/** How every function here reads its options: own members of a plain object, each of them known, and each with a value. */

/** For each option the function that checks its value, and returns what the library works with. */
export type Readers<Options> = {
  readonly [Name in keyof Options]-?: (value: unknown, name: string) => Exclude<Options[Name], undefined>
}

/** What users of other libraries write, and what to do here. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  algorithm: 'HS256 is the only one',
  algorithms: 'HS256 is the only one',
  audience: 'put aud into the claims',
  clockTimestamp: 'it is called now',
  currentDate: 'it is called now',
  ignoreExpiration: 'catch JwtExpiredError, whose claims are verified',
  issuer: 'put iss into the claims',
  keyid: 'give kid to createKey',
  leeway: 'it is called clockTolerance',
  maxTokenAge: 'it is called maxAge',
  requiredClaims: 'it is called required',
  subject: 'put sub into the claims',
  typ: 'it is called type',
}

/**
 * Reads options. An unset environment variable or a slip of the pen must not open a door: an unknown name is refused, and so is a
 * value that is `undefined`.
 * @param hints what to do instead, by the name of an option that stands elsewhere
 * @throws {TypeError} where the options are no plain object, a name is unknown, a value `undefined`, or a reader refuses it
 */
export function readOptions<Options extends object>(
  options: unknown = {},
  readers: Readers<Options>,
  defaults: () => Options,
  hints: Readonly<Record<string, string>> = ELSEWHERE,
): Options {
  expect(isPlainObject(options), 'options', 'a plain object')
  const read = defaults() as Record<string, unknown> // every name is there, so a polluted Object.prototype sets no option
  for (const name of ownNames(options)) {
    const reader = own(readers, name as keyof Options)
    if (!reader) throw new TypeError(`unknown option ${name}: ${own(hints, name) ?? `known are ${Object.keys(readers).join(', ')}`}`)
    const value = options[name]
    if (value === undefined) throw new TypeError(`${name} is undefined: leave it out, or set the environment variable it comes from`)
    read[name] = reader(value, name)
  }
  return read as Options // its readers have made every member
}

/** The names of all own members, hidden ones and symbols too. `Reflect.ownKeys` takes twice the time. */
function ownNames(object: object): readonly string[] {
  const names = Object.getOwnPropertyNames(object)
  for (const symbol of Object.getOwnPropertySymbols(object)) names.push(String(symbol))
  return names
}

/**
 * Refuses a value of the caller's.
 * @throws {TypeError} unless the condition holds
 */
export function expect(condition: unknown, name: string, wanted: string): asserts condition {
  if (!condition) throw new TypeError(`${name} must be ${wanted}`)
}

/** Whether a value is an object written with braces, of any realm, or one without a prototype. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  // That of braces inherits nothing and has the methods of all objects; one that options could be inherited from has not.
  return prototype === null || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, 'hasOwnProperty'))
}

/** The kind that a value calls itself, whatever realm it is from, where constructors differ: `Array`, `Date`, `CryptoKey`, … */
export function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1)
}

/** Reads an own member: what an object inherits, or someone has put on `Object.prototype`, is not its own word. */
export function own<T extends object, Name extends keyof T>(object: T, name: Name): T[Name] | undefined {
  const value = object[name]
  return value !== undefined && Object.hasOwn(object, name) ? value : undefined
}

/** Reads a string that is not empty. */
export function text(value: unknown, name: string): string {
  expect(typeof value === 'string' && value !== '', name, 'a string that is not empty')
  return value
}

/** Reads a list of texts, or one text as a list of one. */
export function texts(value: unknown, name: string): readonly string[] {
  const list: unknown[] = Array.isArray(value) ? [...(value as unknown[])] : [value] // not flat(), which is slow
  expect(list.length, name, 'a list that is not empty')
  for (const item of list) text(item, name)
  return list as readonly string[] // as the loop has seen
}

/** Reads `true` or `false`. */
export function flag(value: unknown, name: string): boolean {
  expect(typeof value === 'boolean', name, 'true or false')
  return value
}
