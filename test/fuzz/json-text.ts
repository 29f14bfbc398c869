/** Headers and claims: objects with relevant members, and their JSON, which may differ from what `JSON.stringify` writes. */
import type { Random } from './random.ts'

const TEXTS = ['"a"', '"orders"', '"HS256"', '"JWT"', '""', '"\\u0061"', '"é😀"', '"\uFFFD"', '"\\ud800"', '"a\\u0000"', '"application/jwt"', '"at+jwt"', '"none"', '"hs256"', '"RS256"', '"https://auth.example"'] // prettier-ignore
const TIMES = ['1800000000', '1800000001', '1799999999', '1800000060', '1800000061', '1799999990', '1800000010', '1800003600', '1799999999.999', '1800000000.001', '18e8', '1.8000036e9', '0', '-0', '-1', '1e400', '-1e400', '5e-324', '1800003600000', '253402300799', '253402300800', '9007199254740993'] // prettier-ignore
/** Numbers at 2^53, where JavaScript begins to round, in all ways in which JSON may write them. */
const LIMITS = ['9007199254740990', '9007199254740991', '9007199254740992', '9007199254740993', '9007199254740991.5', '9007199254740991.4999999999999999', '9007199254740991.0', '9007199254740992.0', '9.007199254740991e15', '9.007199254740992E+15', '90071992547409915e-1', '90071992547409914e-1', '0.009007199254740993e18', '900719925474099e1', '1e15', '1e16', '1E15', '999999999999999', '1000000000000000', '9999999999999999', '1e21', '0e400', '0.0e99', '1e-400', '1e400', '123456789012345678901234567890e-20', '0.12345678901234567890123456789', '4503599627370497.5'] // prettier-ignore
const OTHERS = ['null', 'true', 'false', '{}', '[]', '["a"]', '["orders","a"]', '["orders",5]', '[["orders"]]', '{"0":"orders","length":1}', '5', '-1.5e3', '[null]', '{"__proto__":{"exp":1}}'] // prettier-ignore
const BROKEN = ['NaN', 'undefined', '01', '+1', '1.', '.5', "'a'", '"\n"', '"\\x41"', '[1,]', '{"a":1,}', '"a', '0x10', '[1', '1n', ''] // prettier-ignore

const HEADER_NAMES = ['alg', 'typ', 'kid', 'cty', 'crit', 'b64', 'jwk', 'jku', 'x5u', 'Alg', '__proto__', '\\u0061lg', 'x', 'zip', 'enc', 'toString'] // prettier-ignore
const CLAIM_NAMES = ['exp', 'nbf', 'iat', 'iss', 'sub', 'aud', 'jti', 'Exp', '__proto__', 'e\\u0078p', 'role', 'toString', 'constructor', 'a', 'id', '7', '9007199254740993'] // prettier-ignore
const TIME_NAMES = ['exp', 'nbf', 'iat', 'e\\u0078p', 'Exp']

/** A member: a name and the JSON of a value. */
type Member = readonly [name: string, value: string]

function value(random: Random, name: string): string {
  if (TIME_NAMES.includes(name) && random.percent(70)) return random.pick(TIMES)
  if (random.percent(20)) return longNumber(random)
  if (random.percent(60)) return random.pick(TEXTS)
  return random.percent(90) ? random.pick(random.percent(50) ? OTHERS : TIMES) : random.pick(BROKEN)
}

/** A number of up to 40 digits, most of them near the limit, perhaps deep in lists and objects, or in a string, where it is harmless. */
function longNumber(random: Random): string {
  const digits = (count: number): string => Array.from({ length: count }, () => random.below(10)).join('')
  const written = random.percent(60) ? random.pick(LIMITS) : digits(1 + random.below(40)).replace(/^0+(?=\d)/, '')
  const number = random.percent(30) ? `-${written}` : written
  if (random.percent(60)) return number
  const holders = [`[${number}]`, `[1,[[ ${number}]]]`, `{"id":\t${number}}`, `{"a":{"b":[0,{"c":${number}}]}}`, `{"id":${number},"id":1}`, `{"id":1,"\\u0069d":${number}}`, `"${number}"`, `"[${number}]"`, `{"${number}":1}`, `{"__proto__":${number}}`, `{"a":":${number}"}`, `"\\",${number}"`] // prettier-ignore
  return random.pick(holders)
}

/** The JSON of a header. */
export function headerText(random: Random): string {
  const members: Member[] = [['alg', '"HS256"']]
  if (random.percent(50)) members.push(['typ', '"JWT"'])
  return write(random, mutate(random, members, HEADER_NAMES, 25))
}

/** The JSON of claims. */
export function claimsText(random: Random): string {
  const members: Member[] = [['exp', '1800003600']]
  if (random.percent(30)) members.push(['iat', '1800000000'])
  if (random.percent(30)) members.push(['iss', '"https://auth.example"'])
  if (random.percent(30)) members.push(['aud', random.pick(['"orders"', '["orders"]', '["a","orders"]', '"a"'])])
  if (random.percent(30)) members.push(['sub', '"a"'])
  if (random.percent(10)) members.push([random.pick(['iss', 'sub', 'iat', 'jti']), random.pick(OTHERS)])
  return write(random, mutate(random, members, CLAIM_NAMES, 50))
}

/** Adds, duplicates, changes and removes members. */
function mutate(random: Random, members: readonly Member[], names: readonly string[], share: number): readonly Member[] {
  const mutated = [...members]
  while (random.percent(share)) {
    const at = random.below(mutated.length + 1)
    const [name = 'exp'] = mutated[at] ?? [random.pick(names)]
    if (random.percent(15)) mutated.splice(at, 1)
    else if (random.percent(40)) mutated.splice(at, 1, [name, value(random, name)])
    else {
      const added = random.percent(20) ? name : random.pick(names)
      mutated.splice(at, 0, [added, value(random, added)])
    }
  }
  return mutated
}

const SPACES = ['', ' ', '\n', '\t', '\r\n', '  ', '\u00a0', '\f', '\uFEFF', '/**/'] // JSON does not allow the last four

function write(random: Random, members: readonly Member[]): string {
  const isPlain = random.percent(85)
  const space = (): string => (isPlain || random.percent(90) ? '' : random.pick(random.percent(90) ? SPACES.slice(0, 6) : SPACES))
  const json = `{${members.map(([name, value]) => `${space()}"${name}"${space()}:${space()}${value}`).join(',')}${space()}}`
  if (random.percent(96)) return `${space()}${json}${space()}`
  return random.pick([`[${json}]`, json + json, `${json}x`, `${json}\0`, json.slice(0, -1), JSON.stringify(json), '', '[]', '"a"', '5', 'null', 'true', `\uFEFF${json}`, json.replaceAll('"', "'")]) // prettier-ignore
}
