import { expect, test } from 'vitest'
import { drawPlot } from '../report/draw-plot.js'
import { spreadOf } from '../statistics.js'
import type { Row } from './compare.js'
import type { Run } from './family.js'
import { reportVerification } from './report-verification.js'
import { verificationMarks } from './verification-marks.js'

const row = (peerKind: Row['peerKind'], parse: boolean, ...medians: number[]): Row => ({
  peerKind,
  name: `${peerKind} ${parse}`,
  text: 'ascii',
  parse,
  cells: [64, 8192, 65_536, 1_048_576].map((bytes, place) => ({
    bytes,
    ratio: spreadOf([medians[place] ?? Number.NaN]),
    ourNs: 1,
    peerNs: 1,
  })),
})

const runs: readonly Run[] = [
  {
    runtime: 'Node 20',
    version: '20.19.0',
    rows: [
      row('snippet', true, 0.85, 0.1, 0.96, 0.1),
      row('snippet', false, 0.86, 0.1, 0.1, 0.6),
      row('library', true, 0.2, 1, 0.1, 0.1),
      row('limit', false, 9, 9, 9, 1),
    ],
  },
  { runtime: 'Node 22', version: '22.0.0', rows: [row('limit', false, 1, 1, 1, 1.25)] },
  { runtime: 'Deno', version: '2.0.0', rows: [row('snippet', true, 7, 0.1, 0.1, 0.1)] },
]

test('each statement has one mark, judged by the worst cell', () => {
  const marks = verificationMarks(runs).map(({ name, value, isMet, where }) => [name, value, isMet, where])
  expect(marks).toEqual([
    ['verify() / snippet, with JSON.parse, up to 8 kB, Node', 0.85, true, 'snippet true, 64 B, Node 20'],
    ['verify() / snippet, without JSON.parse, up to 8 kB, Node', 0.86, false, 'snippet false, 64 B, Node 20'],
    ['verify() / snippet, with JSON.parse, from 64 kB, Node', 0.96, false, 'snippet true, 64 kB, Node 20'],
    ['verify() / snippet, without JSON.parse, from 64 kB, Node', 0.6, true, 'snippet false, 1 MiB, Node 20'],
    ['verify(): share of the speed of SHA-256 at 1 MiB, Node', 0.8, false, 'Node 22'],
    ['verify() / snippet, with JSON.parse, up to 8 kB, Bun and Deno', 7, false, 'snippet true, 64 B, Deno'],
    ['verify() / snippet, with JSON.parse, from 64 kB, Bun and Deno', 0.1, true, 'snippet true, 64 kB, Deno'],
    ['verify() / library, each library and size', 1, false, 'library true, 8 kB, Node 20'],
  ])
})

test('a report has a table for each runtime, and plots that can be drawn', () => {
  const { tables, plots, skipped } = reportVerification({
    runs,
    skipped: ['Bun was not measured: no network.'],
  })
  expect(tables.map(({ title }) => title)).toEqual([
    expect.stringContaining('Node 20'),
    expect.stringContaining('Microseconds'),
    expect.stringContaining('Node 22'),
    expect.stringContaining('Deno'),
  ])
  for (const plot of plots) expect(drawPlot(plot)).not.toMatch(/NaN|undefined|Infinity/)
  expect(skipped).toEqual(['Bun was not measured: no network.'])
})
