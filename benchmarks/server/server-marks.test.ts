import { expect, it } from 'vitest'
import { spreadOf } from '../statistics.js'
import { serverMarks } from './server-marks.js'

const ratios = (webhook: number, withoutDedupe: number) => ({
  webhook: spreadOf([webhook]),
  'no-dedupe': spreadOf([withoutDedupe]),
})
const median = { perSecond: 1, p50Ms: 1, p99Ms: 1 }
const medians = { snippet: median, webhook: median, 'no-dedupe': median }
const cell = (bytes: number, rate: number, withoutDedupe: number, p99: number) => ({
  bytes,
  samples: 1,
  medians,
  rate: ratios(rate, withoutDedupe),
  p50: ratios(1, 1),
  p99: ratios(p99, 1),
  busy: 1,
  generatorBusy: 0.1,
})

it('marks of servers are met at the limit, and judged by the worst size', () => {
  const marks = serverMarks([
    { framework: 'Express', cells: [cell(1024, 0.97, 1.2, 1.1), cell(65_536, 0.98, 1, 0.9)] },
    { framework: 'Hono', cells: [cell(1024, 1, 1, 1), cell(65_536, 0.96, 0.99, 1.11)] },
  ])
  expect(marks.map(({ value, where, isMet }) => [value, where, isMet])).toEqual([
    [0.97, '1 kB', true],
    [1, '64 kB', true],
    [1.1, '1 kB', true],
    [0.96, '64 kB', false],
    [0.99, '64 kB', false],
    [1.11, '64 kB', false],
  ])
  expect(new Set(marks.map(({ name }) => name)).size).toBe(marks.length)
})
