/** Numbers that JavaScript rounds (RFC 8259 §6), told by the digits of the text: no number is computed here, except an exponent. */

/** A token of the grammar of JSON: a string, a number, a word, or one of `{}[]:,`. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|[a-z]+|[{}[\]:,]/g

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

/** An array or an object that is being read. */
interface Frame {
  readonly isObject: boolean
  /** Whether each member has a long number in it. The last one of a name counts. */
  readonly members: Map<string, boolean>
  name: string
}

/**
 * The member of an object that has a long number in it, or the first of them, in the order in which JavaScript lists members. The text must
 * be the JSON of an object.
 */
export function memberWithLongNumber(text: string): string | undefined {
  const frames: Frame[] = []
  const root = new Map<string, boolean>()
  const put = (isFound: boolean): void => {
    const frame = frames.at(-1)
    if (frame?.isObject) frame.members.set(frame.name, isFound)
    else frame?.members.set(String(frame.members.size), isFound)
  }
  const tokens = text.match(TOKENS) ?? []
  for (const [at, token] of tokens.entries()) {
    if (token === '{' || token === '[') frames.push({ isObject: token === '{', members: frames.length === 0 ? root : new Map(), name: '' })
    else if (token === '}' || token === ']') put([...frames.pop()!.members.values()].includes(true))
    else if (token.startsWith('"') && tokens[at + 1] === ':') frames.at(-1)!.name = JSON.parse(token) as string
    else if (token !== ':' && token !== ',') put(/^[-\d]/.test(token) && isLong(token))
  }
  return Object.keys(Object.fromEntries(root)).find((name) => root.get(name))
}
