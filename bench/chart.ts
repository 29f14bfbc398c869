/** Two bar charts in one drawing, for the README: the speed of every candidate, with the bare work as a line. */
import type { Result } from './rounds.ts'
import { median, ratios } from './statistics.ts'

const WIDTH = 860
const GAP = 40
const LABEL = 182
const VALUE = 56
const ROW = 22
const BAR = 14
const TOP = 58
const SPACE = 6
/** The approximate width of a digit. */
const CHARACTER = 8
const HEADING = 30
const PANEL = (WIDTH - GAP) / 2
const SPAN = PANEL - LABEL - VALUE

/** Colours for light and dark pages: the drawing follows the reader's scheme. */
const STYLE = `
  text { font: 13px system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; fill: #1f2328 }
  .title { font-size: 16px; font-weight: 600 }
  .quiet { font-size: 12px; fill: #59636e }
  .own { font-weight: 600 }
  .peer-bar { fill: #c3ccd6 }
  .own-bar { fill: #0f766e }
  .floor { stroke: #9a6700; stroke-width: 1.5; stroke-dasharray: 3 3 }
  .floor-name { font-size: 11px; fill: #9a6700 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .quiet { fill: #9198a1 }
    .peer-bar { fill: #4b535d }
    .own-bar { fill: #2dd4bf }
    .floor { stroke: #d29922 }
    .floor-name { fill: #d29922 }
  }
`

interface Group {
  readonly heading: string
  readonly race: string
}

interface Panel {
  readonly title: string
  readonly groups: readonly Group[]
}

const PANELS: readonly Panel[] = [
  {
    title: 'Verify',
    groups: [
      { heading: 'promises, 64 in flight', race: 'verify 270 64' },
      { heading: 'synchronous', race: 'verifySync 270' },
    ],
  },
  {
    title: 'Sign',
    groups: [
      { heading: 'promises, 64 in flight', race: 'sign 270 64' },
      { heading: 'synchronous', race: 'signSync 270' },
    ],
  },
]

const FOOTNOTE =
  'A longer bar is faster. The line is the bare work: the least that has to be done for a result. Numbers are calls per second. * checks less.'

/** Draws the charts. */
export function chart(results: readonly Result[]): string {
  const panels = PANELS.map((panel, i) => drawPanel(panel, results, i * (PANEL + GAP)))
  const height = Math.max(...panels.map(({ bottom }) => bottom)) + 36
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title">`,
    '<title id="title">How fast hs256 and other libraries verify and sign, compared with the bare work</title>',
    `<style>${STYLE}</style>`,
    ...panels.map(({ drawing }) => drawing),
    `<text class="quiet" x="0" y="${height - 8}">${FOOTNOTE}</text>`,
    '</svg>\n',
  ].join('\n')
}

function drawPanel(
  { title, groups }: Panel,
  results: readonly Result[],
  left: number,
): { readonly drawing: string; readonly bottom: number } {
  const found = groups.map(({ heading, race }) => ({ heading, bars: barsOf(results, race) }))
  const most = Math.max(1, ...found.flatMap(({ bars }) => bars.map(({ speed }) => speed)))
  const drawing = [`<text class="title" x="${left}" y="20">${title}</text>`]
  let y = TOP
  for (const { heading, bars } of found) {
    drawing.push(`<text class="quiet" x="${left}" y="${y - 8}">${heading}</text>`)
    drawing.push(...bars.map((bar, i) => drawBar(bar, SPAN / most, left, y + i * ROW)))
    y += bars.length * ROW + HEADING
  }
  const bottom = y - HEADING
  return { drawing: [...drawing, drawFloor(left + LABEL + SPAN / most, bottom)].join('\n'), bottom }
}

interface Bar {
  readonly name: string
  readonly checksLess: boolean
  /** The speed as a multiple of the bare work. */
  readonly speed: number
  /** Calls per second. */
  readonly rate: number
}

function barsOf(results: readonly Result[], race: string): readonly Bar[] {
  const rows = results.find(({ id }) => id === race)?.rows ?? []
  const bare = rows.find(({ name }) => name === 'bare work')?.times ?? []
  return rows
    .filter(({ name }) => !name.startsWith('bare '))
    .map(({ name, note, times }) => ({
      name,
      checksLess: note.startsWith('no option'),
      speed: median(ratios(bare, times)),
      rate: 1e6 / median(times),
    }))
}

/** Draws a bar. Its number is next to the line, never on top of it. */
function drawBar({ name, checksLess, speed, rate }: Bar, unit: number, left: number, y: number): string {
  const kind = name.startsWith('hs256') ? 'own' : 'peer'
  const start = left + LABEL
  const [length, middle, number] = [speed * unit, y + ROW / 2 + 4.5, thousands(rate)]
  const isAcross = length <= unit && length + SPACE + number.length * CHARACTER > unit - 2
  return [
    `<text class="${kind}" x="${start - 8}" y="${middle}" text-anchor="end">${name}${checksLess ? ' *' : ''}</text>`,
    `<rect class="${kind}-bar" x="${start}" y="${y + (ROW - BAR) / 2}" width="${length.toFixed(1)}" height="${BAR}" rx="2"/>`,
    `<text class="${kind}" x="${(start + (isAcross ? unit : length) + SPACE).toFixed(1)}" y="${middle}">${number}</text>`,
  ].join('\n')
}

function drawFloor(x: number, bottom: number): string {
  const at = x.toFixed(1)
  return [
    `<line class="floor" x1="${at}" x2="${at}" y1="${TOP - 20}" y2="${bottom}"/>`,
    `<text class="floor-name" x="${at}" y="${TOP - 25}" text-anchor="middle">bare work</text>`,
  ].join('\n')
}

function thousands(rate: number): string {
  return rate >= 10_000 ? `${Math.round(rate / 1000)}k` : `${(rate / 1000).toFixed(1)}k`
}
