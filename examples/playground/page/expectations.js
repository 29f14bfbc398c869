/** What is expected of a token: the options of `verify`, from the fields. */
import { find } from './dom.js'
import { duration, Field } from './field.js'

const EXPECTED = { issuer: field('issuer', 'Issuer', 'anyone'), audience: field('audience', 'Audience', 'its verifier') }

const FURTHER = {
  subject: field('subject', 'Subject', 'anyone'),
  type: field('type', 'Type', 'any'),
  maxAge: field('maxAge', 'Max age', 'no limit'),
  clockTolerance: field('clockTolerance', 'Clock tolerance', 'none'),
  required: field('required', 'Required claims', 'role, groups'),
  requireExp: new Field({ name: 'requireExp', label: 'Must expire', checked: true }),
  ignoreAudience: new Field({ name: 'ignoreAudience', label: 'Any audience', checked: false }),
}

const FIELDS = { ...EXPECTED, ...FURTHER }

/** Adds the fields to the page. */
export function placeExpectations() {
  find('#expected', HTMLElement).append(...Object.values(EXPECTED).map((field) => field.element))
  find('#further', HTMLElement).append(...Object.values(FURTHER).map((field) => field.element))
}

/** The options. An empty field is left out. */
export function readExpectations() {
  /** @type {Record<string, unknown>} */
  const options = {}
  for (const [name, { value }] of Object.entries(FIELDS)) {
    if (value !== '' && name !== 'requireExp' && name !== 'ignoreAudience') options[name] = READERS[name]?.(value) ?? value
  }
  if (!FIELDS.requireExp.isChecked) options['requireExp'] = false
  if (FIELDS.ignoreAudience.isChecked) options['ignoreAudience'] = true
  return options
}

/**
 * Fills in issuer and audience, and clears the other fields.
 * @param {{ issuer: string, audience: string }} known
 */
export function expect({ issuer, audience }) {
  for (const field of Object.values(FIELDS)) field.value = ''
  FIELDS.requireExp.isChecked = true
  FIELDS.ignoreAudience.isChecked = false
  FIELDS.issuer.value = issuer
  FIELDS.audience.value = audience
}

/**
 * Shows the library's error about an option at its field. The message begins with the option's name.
 * @param {Error | undefined} mistake
 */
export function showMistake(mistake) {
  for (const [name, field] of Object.entries(FIELDS)) field.complain(mistake?.message.startsWith(`${name} `) ? mistake.message : '')
}

/** @type {Readonly<Record<string, (value: string) => unknown>>} */
const READERS = {
  maxAge: duration,
  clockTolerance: duration,
  required: (value) => value.split(',').map((name) => name.trim()),
}

/**
 * @param {string} name
 * @param {string} label
 * @param {string} placeholder
 */
function field(name, label, placeholder) {
  return new Field({ name, label, placeholder })
}
