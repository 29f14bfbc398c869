/** Secrets with characters that are easily overlooked: another service that reads the same secret without them makes other MACs. */
import { base64url, bytesOf } from '../support/bytes.ts'
import { but, secrets, type Rule } from './case.ts'
import { LONG } from './forge.ts'

const overlooked: Rule = { attack: 34, kind: 'policy', source: 'docs/keys-and-rotation.md', verdict: 'TypeError' }
const meant = but(overlooked, 'accepted')

const SPACES = ' |  |\n|\r\n|\r|\t|\v|\f|\u00a0|\u1680|\u2003|\u2028|\u2029|\u3000|\uFEFF|\u00ad|\u200b|\u200e|\u2060'.split('|')
const CONTROLS = ['\0', '\x01', '\x07', '\b', '\t', '\n', '\v', '\f', '\r', '\r\n', '\x1b', '\x1f', '\x7f', '\x80', '\x85', '\x9f']
const QUOTES = ['"', "'", '`']
const HARMLESS = [' ', '  ', '"', "'", '`', '{', '}', '\\', '\\n', 'é', '\u00a0', '\u3000', '\ufffc', '😀']
const within = (text: string): string => `${LONG.slice(0, 9)}${text}${LONG.slice(9)}`
const secret = (text: unknown) => ({ secret: () => text })

export const overlookedCharacters = [
  ...secrets('secret with white space behind it', overlooked, SPACES, (text) => secret(`${LONG}${text}`)),
  ...secrets('secret with white space before it', overlooked, SPACES, (text) => secret(`${text}${LONG}`)),
  ...secrets('secret with a control character in it', overlooked, CONTROLS, (text) => secret(within(text))),
  ...secrets('secret in quotes', overlooked, QUOTES, (quote) => secret(`${quote}${LONG}${quote}`)),
  ...secrets('secret in quotes, with a line end', overlooked, QUOTES, (quote) => secret(`${quote}${LONG}${quote}\n`)),
  ...secrets('secret from bytes that were no text', overlooked, ['\uFFFD'], (text) => secret(within(text))),
  ...secrets('secret from bytes that are not text', overlooked, {
    'with U+FFFD before it': { secret: () => `\uFFFD${LONG}` },
    'with U+FFFD within': { secret: () => within('\uFFFD') },
    'with U+FFFD behind it': { secret: () => `${LONG}\uFFFD` },
  }),
  ...secrets('secret that is easily misread', overlooked, {
    'white space alone': { secret: () => ' '.repeat(100_000) },
    'base64 in two lines': { secret: () => `${LONG}\n${LONG}\n` },
    'an object of JSON': { secret: () => JSON.stringify({ type: 'HS256', key: LONG }) },
    'an object of JSON, spread out': { secret: () => JSON.stringify({ type: 'HS256', key: LONG }, null, 2) },
    'an object of JSON, with a line end': { secret: () => `${JSON.stringify({ key: LONG })}\n` },
    'an object of JSON, after white space': { secret: () => ` \n\t${JSON.stringify({ key: LONG })}` },
    'the only line of a file': { secret: () => new TextDecoder().decode(bytesOf(LONG, '\n')) },
    'a binary file, read as text': { secret: () => new TextDecoder().decode(bytesOf(LONG, 0xff, 0xfe, 0xc0)) },
  }),
  ...secrets('secret with something in it that is meant', meant, HARMLESS, (text) => secret(within(text))),
  ...secrets('secret with something around it that is meant', meant, {
    'a quote before it': { secret: () => `"${LONG}` },
    'a quote behind it': { secret: () => `${LONG}"` },
    'two kinds of quotes': { secret: () => `"${LONG}'` },
    braces: { secret: () => `{${LONG}}` },
    brackets: { secret: () => `["${LONG}"]` },
    'bytes, with a line end': { secret: () => bytesOf(LONG, '\n') },
    'bytes, in quotes': { secret: () => bytesOf('"', LONG, '"') },
    'bytes, with control characters': { secret: () => bytesOf(LONG, 0, 1, 2) },
    'bytes that are no text': { secret: () => bytesOf(LONG, 0xff, 0xfe) },
    'an ArrayBuffer, with a line end': { secret: () => bytesOf(LONG, '\r\n').buffer },
    'a JWK, with a line end': { secret: () => ({ kty: 'oct', k: base64url(`${LONG}\n`) }) },
  }),
  ...secrets(
    'secret too short, and with white space',
    but(overlooked, { attack: 5, kind: 'rfc', source: 'RFC 7518 §3.2', verdict: 'RangeError' }),
    { 'of 7 bytes': { secret: () => 'secret\n' }, 'of 31 bytes': { secret: () => 'needle-of-a-short-secret-of-30\n' } },
  ),
]
