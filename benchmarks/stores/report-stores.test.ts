import { expect, it } from 'vitest'
import { spreadOf } from '../statistics.js'
import { reportStores } from './report-stores.js'

const cell = (loops: number, ratio: number) => ({
  loops,
  ratio: spreadOf([ratio]),
  ourMicros: spreadOf([ratio]),
  peerMicros: spreadOf([1]),
})
const redis = (name: string, alone: number, atOnce: number) => ({
  name,
  backend: 'Redis' as const,
  cells: [cell(1, alone), cell(10, atOnce)],
})
const grown = (ids: number, ns: number, bytesPerId: number) => ({
  ids,
  claimNs: spreadOf([ns]),
  eventNs: spreadOf([2 * ns]),
  bytesPerId,
})
const marksOf = (clients: Parameters<typeof reportStores>[0]['clients'], memory = [grown(1e6, 500, 150)]) =>
  reportStores({ clients, memory }).marks.map(({ name, value, where, isMet }) => [name, value, where, isMet])

it('the mark of a backend is judged by the worst of its clients, one at a time or ten at once', () => {
  expect(marksOf([redis('a', 1, 1.1), redis('b', 1.05, 0.9)])[0]).toEqual([
    'stores: Redis / raw commands',
    1.1,
    'a, 10 at once',
    true,
  ])
  expect(marksOf([redis('a', 1, 1.1), redis('b', 1.11, 0.9)])[0]?.slice(1)).toEqual([
    1.11,
    'b, 1 at once',
    false,
  ])
})

it('the marks of the memory store are of about a million ids', () => {
  const memory = [grown(1e4, 100, 500), grown(1e6, 500, 150), grown(1e7, 900, 200)]
  expect(marksOf([], memory)).toEqual([
    ['stores: memory store, claims a second', 2_000_000, undefined, true],
    ['stores: memory store, bytes per id', 150, '1,000,000 ids', true],
  ])
  expect(marksOf([], [grown(1e6, 1000, 151)]).map(([, value, , isMet]) => [value, isMet])).toEqual([
    [1_000_000, false],
    [151, false],
  ])
})

it('what was not measured has no mark, and is named', () => {
  const { marks, skipped } = reportStores({
    clients: [{ name: 'pg', backend: 'PostgreSQL', cells: [], skipped: 'its server is not running' }],
    memory: [{ ids: 1e7, skipped: 'this machine has less memory' }],
  })
  expect(marks).toEqual([])
  expect(skipped).toEqual([
    'pg was not measured: its server is not running.',
    'The memory store was not filled with 10,000,000 ids: this machine has less memory.',
  ])
})
