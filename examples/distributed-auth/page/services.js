/** The services that the page calls, and how it shows their answers. */
import { element } from './dom.js'

const ITEMS = ['Punched cards', 'Vacuum tubes', 'Magnetic drum', 'Core memory', 'Paper tape', 'Relay, slightly used']

/**
 * @param {Readonly<Record<string, string>>} origins
 * @returns {readonly import('./service.js').Service[]}
 */
export function servicesAt({ orders, reports }) {
  return [
    { title: 'Orders', about: 'Express', url: `${orders}/orders`, show: showOrders, order: nextOrder },
    { title: 'Reports', about: 'Fetch handler, managers only', url: `${reports}/reports`, show: showReport },
  ]
}

let placed = 0

function nextOrder() {
  placed += 1
  return { item: ITEMS[placed % ITEMS.length] }
}

/** @param {Readonly<Record<string, unknown>>} body */
function showOrders({ orders }) {
  const rows = /** @type {readonly { id: string, item: string, seller: string }[]} */ (orders)
  if (rows.length === 0) return element('p', 'hint', 'No order of yours is among the latest.')
  const items = rows.map(({ id, item, seller }) =>
    element('li', '', element('code', '', id), element('span', 'item', item), element('span', 'chip', seller)),
  )
  return element('ul', 'orders', ...items)
}

/** @param {Readonly<Record<string, unknown>>} body */
function showReport({ quarter, revenue, margin }) {
  const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 })
  const share = new Intl.NumberFormat('en', { style: 'percent' })
  return element(
    'dl',
    'report',
    ...fact(`Revenue ${String(quarter)}`, money.format(Number(revenue))),
    ...fact('Margin', share.format(Number(margin))),
  )
}

/**
 * @param {string} name
 * @param {string} value
 */
function fact(name, value) {
  return [element('div', '', element('dt', '', name), element('dd', '', value))]
}
