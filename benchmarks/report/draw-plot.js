import { figure } from './format.js'
import { placeLegend } from './place-legend.js'
import { ticksTo } from './ticks.js'
import { wrapLabel } from './wrap-label.js'

/** @typedef {import('../family.js').Plot} Plot */
/** @typedef {import('../family.js').Series} Series */
/** @typedef {{ readonly x: (place: number) => number, readonly y: (value: number) => number, readonly slot: number }} Scale */

const width = 760
const area = { left: 64, right: 16, top: 58, bottom: 310 }
const rowHeight = 15

// Both colour schemes: the reader's system selects one, even if the picture is an <img>. People with any kind of colour vision
// can separate these colours (Okabe and Ito).
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#b8860b', '#56b4e9', '#777777', '#8a5a44']
const style = `
    text { font: 12px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #59636e }
    .title { font-size: 15px; font-weight: 600; fill: #1f2328 }
    .middle { text-anchor: middle }
    .end { text-anchor: end }
    .grid { stroke: #d1d9e0; stroke-width: 1 }
    .goal { stroke: #1f2328; stroke-width: 1.5; stroke-dasharray: 6 4 }
    .line { fill: none; stroke-width: 2 }
    .spread { stroke-width: 1; opacity: 0.6 }
${colours.map((colour, place) => `    .s${place} { stroke: ${colour}; fill: ${colour} }`).join('\n')}
    .line { fill: none }
    @media (prefers-color-scheme: dark) {
      text { fill: #9198a1 }
      .title { fill: #f0f6fc }
      .grid { stroke: #3d444d }
      .goal { stroke: #f0f6fc }
      .s0 { stroke: #4aa3df; fill: #4aa3df }
      .line { fill: none }
    }`

/**
 * Draws a plot as SVG. A value that was not measured leaves a gap.
 *
 * @param {Plot} plot
 */
export function drawPlot(plot) {
  const { title, unit, categories, series, goal } = plot
  const ticks = ticksTo(Math.max(goal?.value ?? 0, ...series.flatMap(highest)))
  const top = ticks.at(-1) ?? 1
  const slot = (width - area.left - area.right) / categories.length
  /** @type {Scale} */
  const scale = {
    slot,
    x: (place) => round(area.left + slot * (place + 0.5)),
    y: (value) => round(area.bottom - (value / top) * (area.bottom - area.top)),
  }
  const labels = categories.map((name) => wrapLabel(name, slot))
  const rows = Math.max(...labels.map(({ length }) => length))
  const named = [...series.map(({ name }) => name), ...(goal ? [goal.label] : [])]
  const legend = placeLegend(named, {
    left: area.left,
    right: width - area.right,
    top: area.bottom + 28 + rows * rowHeight,
  })
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${legend.bottom + 12}" role="img" aria-labelledby="title desc">`,
    `  <title id="title">${escapeText(title)}</title>`,
    `  <desc id="desc">${escapeText(`${unit}, by ${categories.join(', ')}; ${series.map(({ name }) => name).join(', ')}`)}</desc>`,
    `  <style>${style}\n  </style>`,
    `  <text class="title" x="12" y="22">${escapeText(title)}</text>`,
    `  <text x="12" y="40">${escapeText(unit)}</text>`,
    ...ticks.flatMap((tick) => [
      `  <path class="grid" d="M${area.left} ${scale.y(tick)}H${width - area.right}"/>`,
      `  <text class="end" x="${area.left - 8}" y="${scale.y(tick) + 4}">${figure(tick)}</text>`,
    ]),
    ...labels.flatMap((lines, place) =>
      lines.map(
        (line, row) =>
          `  <text class="middle" x="${scale.x(place)}" y="${area.bottom + 20 + row * rowHeight}">${escapeText(line)}</text>`,
      ),
    ),
    ...series.flatMap((one, place) =>
      plot.kind === 'lines' ? drawLine(one, place, scale) : drawBars(one, place, series.length, scale),
    ),
    ...(goal
      ? [`  <path class="goal" d="M${area.left} ${scale.y(goal.value)}H${width - area.right}"/>`]
      : []),
    ...legend.entries.flatMap(({ name, left, y }, place) => [
      place < series.length
        ? `  <circle class="${colourOf(place)}" cx="${left}" cy="${y - 4}" r="4"/>`
        : `  <path class="goal" d="M${left - 8} ${y - 4}h14"/>`,
      `  <text x="${left + 10}" y="${y}">${escapeText(name)}</text>`,
    ]),
    '</svg>',
  ].join('\n')}\n`
}

/**
 * @param {Series} series
 * @param {number} place of the series
 * @param {Scale} scale
 */
function drawLine({ values, low, high }, place, { x, y }) {
  const points = values.flatMap((value, at) => (value === null ? [] : [{ at, value }]))
  const path = points.map(({ at, value }) => `${values[at - 1] == null ? 'M' : 'L'}${x(at)} ${y(value)}`)
  const colour = colourOf(place)
  return [
    `  <path class="${colour} line" d="${path.join('')}"/>`,
    ...points.flatMap(({ at, value }) => [
      ...drawSpread(low?.[at], high?.[at], x(at), colour, y),
      `  <circle class="${colour}" cx="${x(at)}" cy="${y(value)}" r="3"/>`,
    ]),
  ]
}

/**
 * @param {Series} series
 * @param {number} place of the series
 * @param {number} count of all series, whose bars lie side by side
 * @param {Scale} scale
 */
function drawBars({ values, low, high }, place, count, { x, y, slot }) {
  const room = Math.min(48, (slot * 0.8) / count)
  const colour = colourOf(place)
  return values.flatMap((value, at) => {
    if (value === null) return []
    const left = round(x(at) + room * (place - count / 2))
    const height = round(area.bottom - y(value))
    return [
      `  <rect class="${colour}" x="${left}" y="${y(value)}" width="${round(room - 2)}" height="${height}"/>`,
      ...drawSpread(low?.[at], high?.[at], round(left + room / 2 - 1), 'goal', y),
    ]
  })
}

/**
 * @param {number | null | undefined} low
 * @param {number | null | undefined} high
 * @param {number} x
 * @param {string} colour
 * @param {Scale['y']} y
 */
function drawSpread(low, high, x, colour, y) {
  return low == null || high == null
    ? []
    : [`  <path class="${colour} spread" d="M${x} ${y(low)}V${y(high)}"/>`]
}

/** @param {Series} series */
function highest({ values, high }) {
  return [...values, ...(high ?? [])].map((value) => value ?? 0)
}

/** @param {number} place */
function colourOf(place) {
  return `s${place % colours.length}`
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10
}

/** @param {string} text */
function escapeText(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
