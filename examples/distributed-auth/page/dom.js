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
