// Draws docs/flow.svg: the path of a delivery from its bytes to the answer.
import { fileURLToPath } from 'node:url'

/** The committed picture. */
export const flowPicture = fileURLToPath(new URL('../docs/flow.svg', import.meta.url))

/** @typedef {{ name: string, does: readonly [string, string], stops: readonly string[] }} Step */

/** @type {readonly Step[]} `stops` are the answers that end the way here */
const steps = [
  { name: 'bytes', does: ['the exact body,', 'within limits'], stops: ['400 405 408', '413 415 503'] },
  { name: 'verify', does: ['MAC over bytes,', 'constant time'], stops: ['401', 'not authentic'] },
  { name: 'window', does: ['time ± 5 min,', 'then parse'], stops: ['401 stale', '400 malformed'] },
  {
    name: 'claim',
    does: ['one owner,', 'with a lease'],
    stops: ['200 duplicate', '503 in progress'],
  },
  { name: 'handler', does: ['your code; the', 'lease is renewed'], stops: [] },
  { name: 'settle', does: ['complete, or', 'release to retry'], stops: [] },
  { name: 'answer', does: ['200, or 500 and', 'the sender retries'], stops: [] },
]

/** Which steps a bracket above the boxes spans. */
const spans = [
  { from: 0, to: 1, label: 'nothing is trusted' },
  { from: 2, to: 3, label: 'authentic' },
  { from: 4, to: 4, label: 'runs once' },
  { from: 5, to: 6, label: 'stored before the answer' },
]

const box = { width: 128, height: 84, gap: 20, top: 52 }
const margin = 12
const width = 2 * margin + steps.length * box.width + (steps.length - 1) * box.gap
const height = 216
const middle = box.top + box.height / 2

// Both colour schemes: the reader's system selects one, even if the picture is an <img>.
const style = `
    text { font: 13px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; text-anchor: middle }
    .name { font-size: 16px; font-weight: 600 }
    .small { font-size: 12px; fill: #59636e }
    .stop { font-size: 12px; fill: #b35900 }
    rect { fill: #f6f8fa; stroke: #818b98; rx: 8px }
    .yours { fill: #ddf4ff; stroke: #0969da }
    path { fill: none; stroke: #818b98; stroke-width: 1.5 }
    .stops { stroke: #b35900; stroke-dasharray: 4 3 }
    .head { fill: #818b98; stroke: none }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc }
      .small { fill: #9198a1 }
      .stop { fill: #f0a45d }
      rect { fill: #151b23; stroke: #656c76 }
      .yours { fill: #0c2d6b; stroke: #4493f8 }
      .stops { stroke: #f0a45d }
    }`

/** @param {number} index */
const leftOf = (index) => margin + index * (box.width + box.gap)

/** @param {Step} step @param {number} index */
function drawStep({ name, does, stops }, index) {
  const left = leftOf(index)
  const centre = left + box.width / 2
  const bottom = box.top + box.height
  return [
    `  <rect${name === 'handler' ? ' class="yours"' : ''} x="${left}" y="${box.top}" width="${box.width}" height="${box.height}"/>`,
    `  <text class="name" x="${centre}" y="${box.top + 28}">${name}</text>`,
    ...does.map(
      (line, row) => `  <text class="small" x="${centre}" y="${box.top + 50 + 17 * row}">${line}</text>`,
    ),
    ...(stops.length > 0 ? [`  <path class="stops" d="M${centre} ${bottom}v24"/>`] : []),
    ...stops.map(
      (line, row) => `  <text class="stop" x="${centre}" y="${bottom + 42 + 17 * row}">${line}</text>`,
    ),
  ]
}

/** @param {number} index of the step that the arrow leads to */
function drawArrow(index) {
  const end = leftOf(index)
  return [
    `  <path d="M${end - box.gap} ${middle}h${box.gap - 6}"/>`,
    `  <path class="head" d="M${end - 8} ${middle - 5}l8 5-8 5z"/>`,
  ]
}

/** @param {typeof spans[number]} span */
function drawSpan({ from, to, label }) {
  const [left, right] = [leftOf(from), leftOf(to) + box.width]
  return [
    `  <path d="M${left} 38v-6h${right - left}v6"/>`,
    `  <text class="small" x="${(left + right) / 2}" y="22">${label}</text>`,
  ]
}

/** The whole picture, as text. */
export function drawFlow() {
  const way = steps.map(({ name, stops }) =>
    stops.length > 0 ? `${name} (stops with ${stops.join(', ')})` : name,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc">`,
    '  <title id="title">A webhook\'s way through Countersign</title>',
    `  <desc id="desc">In this order: ${way.join(', then ')}. A delivery stops at the first refusal.</desc>`,
    `  <style>${style}\n  </style>`,
    ...spans.flatMap(drawSpan),
    ...steps.flatMap(drawStep),
    ...steps.slice(1).flatMap((_, index) => drawArrow(index + 1)),
    '</svg>\n',
  ].join('\n')
}
