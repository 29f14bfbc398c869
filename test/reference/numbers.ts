/** Numbers that JavaScript rounds (RFC 8259 §6), told by the digits of the text: no number is computed here, except an exponent. */

/** The strings and numbers of JSON. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g

/** 2^53 − 1/2: the least that a double rounds to 2^53, which is even. */
const LIMIT = '90071992547409915'

/** Whether a number of JSON is 2^53 or more once it is rounded, up or down from 0. */
export function isLong(text: string): boolean {
  const [, whole = '', fraction = '', exponent = '0'] = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? []
  const all = whole + fraction
  const digits = all.replace(/^0+/, '')
  const before = whole.length + Number(exponent) - (all.length - digits.length) // digits before the point
  if (digits === '' || before < 16) return false
  return before > 16 || digits.padEnd(LIMIT.length, '0') >= LIMIT
}

/** What takes the place of a long number: a text that is in no test. */
const MARK = 'a number that JavaScript rounds'

/**
 * The member of an object that has a long number in it, or the first of them, in the order in which JavaScript lists members. The text must
 * be the JSON of an object.
 */
export function memberWithLongNumber(text: string): string | undefined {
  const marked = text.replaceAll(TOKENS, (token) => (token.startsWith('"') || !isLong(token) ? token : JSON.stringify(MARK)))
  const members = JSON.parse(marked) as Readonly<Record<string, unknown>>
  return Object.keys(members).find((name) => hasMark(members[name]))
}

/** However deep it is. */
function hasMark(value: unknown): boolean {
  const values = [value]
  for (const one of values) if (typeof one === 'object' && one !== null) values.push(...(Object.values(one) as unknown[]))
  return values.includes(MARK)
}
