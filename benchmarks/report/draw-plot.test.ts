import { expect, test } from 'vitest'
import { drawPlot } from './draw-plot.js'
import { placeLegend } from './place-legend.js'
import { ticksTo } from './ticks.js'
import { wrapLabel } from './wrap-label.js'

const plot = {
  name: 'sample',
  title: 'A < B & C',
  unit: 'ratio',
  kind: 'lines',
  categories: ['64 B', '1 kB', '8 kB'],
  series: [{ name: 'one', values: [1, null, 3], low: [0.5, null, 2], high: [1.5, null, 4] }],
  goal: { value: 2, label: 'at most 2' },
} as const

test('it has a title and a description for screen readers, colours for dark mode, and escaped text', () => {
  const picture = drawPlot(plot)
  expect(picture).toContain('<title id="title">A &lt; B &amp; C</title>')
  expect(picture).toContain('<desc id="desc">ratio, by 64 B, 1 kB, 8 kB; one</desc>')
  expect(picture).toContain('prefers-color-scheme: dark')
  expect(picture).not.toMatch(/NaN|undefined|null/)
})

test('a value that was not measured leaves a gap', () => {
  const picture = drawPlot(plot)
  expect(picture.match(/class="s0 line" d="([^"]+)"/)?.[1]).toMatch(/^M[\d. ]+M[\d. ]+$/)
  expect(picture.match(/class="s0 spread"/g)).toHaveLength(2)
})

test('bars have one rectangle for each measured value', () => {
  expect(drawPlot({ ...plot, kind: 'bars' }).match(/<rect /g)).toHaveLength(2)
})

test.each([
  [0.85, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [1_800, [0, 500, 1_000, 1_500, 2_000]],
  [0, [0, 1]],
])('the ticks up to %d are round', (highest, expected) => {
  expect(ticksTo(highest)).toEqual(expected)
})

test('a legend continues in the next row', () => {
  const { entries, bottom } = placeLegend(['a'.repeat(50), 'b'.repeat(50), 'c'], {
    left: 10,
    right: 500,
    top: 100,
  })
  expect(entries.map(({ left, y }) => [left === 10, y])).toEqual([
    [true, 100],
    [true, 120],
    [false, 120],
  ])
  expect(bottom).toBe(120)
})

test('a label is wrapped at its blanks', () => {
  expect(wrapLabel('Next.js, Pages Router', 90)).toEqual(['Next.js,', 'Pages Router'])
  expect(wrapLabel('64 B', 90)).toEqual(['64 B'])
  expect(wrapLabel('createReceiver', 20)).toEqual(['createReceiver'])
})
