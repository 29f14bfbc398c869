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
 * Calls `work` each time a button is pressed.
 * @param {string} selector
 * @param {() => unknown} work
 */
export function onPress(selector, work) {
  find(selector, HTMLButtonElement).addEventListener('click', () => void work())
}

/**
 * Writes a text only if it has changed, so that a selection is kept and screen readers do not repeat it.
 * @param {Element} place
 * @param {string} text
 */
export function write(place, text) {
  if (place.textContent !== text) place.textContent = text
}
