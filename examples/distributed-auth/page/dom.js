/** Access to the document. An element that is found has the expected class, and text never becomes markup. */

/**
 * Finds an element, or throws.
 * @template {Element} Found
 * @param {string} selector
 * @param {new () => Found} kind
 * @param {ParentNode} [root]
 * @returns {Found}
 */
export function find(selector, kind, root = document) {
  const found = root.querySelector(selector)
  if (!(found instanceof kind)) throw new TypeError(`there is no ${selector}`)
  return found
}

/**
 * Makes an element.
 * @param {string} tag
 * @param {string} className
 * @param {...(Node | string)} children
 */
export function element(tag, className, ...children) {
  const made = document.createElement(tag)
  if (className !== '') made.className = className
  made.append(...children)
  return made
}

/**
 * Makes a button that ignores presses until its work is done.
 * @param {string} text
 * @param {() => Promise<unknown>} work
 */
export function button(text, work) {
  const made = document.createElement('button')
  made.type = 'button'
  made.append(text)
  onPress(made, work)
  return made
}

/**
 * @param {HTMLButtonElement} pressed
 * @param {() => Promise<unknown>} work
 */
export function onPress(pressed, work) {
  pressed.addEventListener('click', () => {
    if (pressed.ariaDisabled === 'true') return
    pressed.ariaDisabled = 'true' // not `disabled`, which would remove the focus
    void work().finally(() => (pressed.ariaDisabled = 'false'))
  })
}

/**
 * A time of day in the reader's locale.
 * @param {number} seconds
 */
export function timeOfDay(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
}

/**
 * A span of time: `60:00`, `11:59:58`.
 * @param {number} seconds
 */
export function span(seconds) {
  const whole = Math.max(0, Math.ceil(seconds))
  const hours = whole > 3600 ? Math.floor(whole / 3600) : 0
  const [minutes, rest] = [Math.floor(whole / 60) - hours * 60, whole % 60]
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}
