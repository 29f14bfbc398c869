/** Numbers as JSON writes them, and the places in an object where they may be. */

/** 2^53 − 1 is the last number that no other one is rounded to. */
// prettier-ignore
export const LONG: readonly string[] = [
  '9007199254740992', '9007199254740993', '-9007199254740992', '-9007199254740993', '9007199254740991.5',
  '9007199254740992.0', '9007199254740991.99999999999999999999', '90071992547409915e-1', '9007199254740992e0',
  '9.007199254740993e15', '9.007199254740993E+15', '-0.9007199254740993e16', '0.00000000000000009007199254740993e32',
  '9007199254740993000000000e-9', '1e16', '1E16', '1e+16', '-1e16', '9999999999999999', '10000000000000000',
  '18446744073709551615', '123456789012345678901234567890', '1e21', '1.7976931348623157e308', '1e400', '-1e400',
  '1e99999999999999999999', '1234567890123456789012345678901234567890.5',
]
// prettier-ignore
export const SHORT: readonly string[] = [
  '9007199254740991', '-9007199254740991', '9007199254740990', '999999999999999', '1000000000000000',
  '1000000000000000.0', '9007199254740991.0', '4503599627370497.5', '1e15', '1E15', '-1e15', '9.007199254740991e15',
  '90071992547409910e-1', '0.0000000000000001', '0.12345678901234567890123456789', '1234567890123456789e-4', '5e-324',
  '1e-400', '0e400', '-0', '-0.0e99',
]

const deep = (levels: number, number: string): string => `${'['.repeat(levels)}${number}${']'.repeat(levels)}`

/** Places where a number counts. */
export const PLACES: Readonly<Record<string, (number: string) => string>> = {
  'in a list': (number) => `"id":[${number}]`,
  'last in a list': (number) => `"id":[0,"a",null,${number}]`,
  'in an object': (number) => `"id":{"a":${number}}`,
  'in objects in lists': (number) => `"id":[[],{},{"a":[{"b":[${number},1]}]}]`,
  'in 2000 lists': (number) => `"id":${deep(2000, number)}`,
  'behind a space': (number) => `"id": ${number}`,
  'behind white space': (number) => `"id"\t:\r\n \t ${number} \n`,
  'behind white space in a list': (number) => `"id":[1 ,\n\n${number}\t]`,
  'the last of two': (number) => `"id":1,"id":${number}`,
  'the last of two in escapes': (number) => `"id":1,"\\u0069d":${number}`,
  'the last of two in an object': (number) => `"id":{"a":"x","a":${number}}`,
  'behind one that is shorter': (number) => `"a":1,"id":${number}`,
  'behind a text with quotes': (number) => `"a":"\\",","id":${number}`,
}

/** Places where the same digits are not a number. */
export const HARMLESS: Readonly<Record<string, (number: string) => string>> = {
  'in a text': (number) => `"id":"${number}"`,
  'in a text of JSON': (number) => `"id":"{\\"a\\":${number},[${number}]}"`,
  'in a text of a list': (number) => `"id":["[${number}","${number}"]`,
  'in a name': (number) => `"${number}":"x"`,
  'in a name in a list': (number) => `"id":[{"${number}":1,",${number}":2}]`,
}

/** Duplicate members: the last one counts, and it is not the long number. */
export const SUPERSEDED: Readonly<Record<string, (number: string) => string>> = {
  'the first of two': (number) => `"id":${number},"id":"${number}"`,
  'the first of two in escapes': (number) => `"\\u0069d":${number},"id":1`,
  'the first of two in an object': (number) => `"id":{"a":${number},"a":1}`,
  'in the first of two objects': (number) => `"id":{"a":[${number}]},"id":{"b":1}`,
}
