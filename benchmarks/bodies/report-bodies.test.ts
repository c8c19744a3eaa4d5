import { expect, it } from 'vitest'
import { spreadOf } from '../statistics.js'
import { bodies } from './family.js'

const MiB = 2 ** 20
const big = (adapter: string, ...peaks: readonly number[]) => ({
  adapter,
  cells: peaks.map((peak, place) => ({
    bytes: (place + 1) * MiB,
    peakPerByte: spreadOf([peak]),
    verdictMs: spreadOf([1]),
    toHash: spreadOf([10]),
  })),
})
const slow = (adapter: string, inBytes: number) => ({
  adapter,
  cells: [
    { load: '1 kB chunks', heldPerByte: 9, peakPerByte: 9 },
    { load: 'one-byte chunks', heldPerByte: inBytes, peakPerByte: 40 },
  ],
})

it('marks of bodies are met at the limit, and judged by the worst size and by one-byte chunks', () => {
  const { marks } = bodies.report({
    big: [big('fetch', 2.2, 1), big('Hono', 1, 2.3)],
    slow: [slow('fetch', 2.5), slow('Hono', 2.6)],
  })
  expect(marks.map(({ name, value, where, isMet }) => [name, value, where, isMet])).toEqual([
    ['bodies: fetch, peak memory / big body', 2.2, '1 MiB', true],
    ['bodies: Hono, peak memory / big body', 2.3, '2 MiB', false],
    ['bodies: fetch, bytes held / one-byte chunks', 2.5, undefined, true],
    ['bodies: Hono, bytes held / one-byte chunks', 2.6, undefined, false],
  ])
})

it('the peer has a row and no mark', () => {
  const { marks, tables } = bodies.report({
    big: [big('express.raw()', 4)],
    slow: [slow('express.raw()', 400)],
  })
  expect(marks).toEqual([])
  expect(tables.map(({ rows }) => rows[0]?.[0])).toEqual(['express.raw()', 'express.raw()', 'express.raw()'])
})
