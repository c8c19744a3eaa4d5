import { expect, it } from 'vitest'
import { spreadOf } from '../statistics.js'
import { floodMarks } from './flood-marks.js'

const rate = (ratio: number) => ({ perSecond: 1, ratio: spreadOf([ratio]), busy: 1 })
const level = (share: number | null, ratio: number) => ({
  share,
  servedPerSecond: 1,
  samples: 1,
  p50Ms: 1,
  p99Ms: 1,
  ratio: spreadOf([ratio]),
})
const row = (oversized: number, wrong: number, grownBytes: number, latency: number) => ({
  framework: 'Express',
  rates: {
    accepted: rate(1),
    unsigned: rate(2.5),
    malformed: rate(2.4),
    oversized: rate(oversized),
    wrong: rate(wrong),
  },
  memory: {
    wanted: 1,
    forged: 1,
    samples: [],
    used: { first: 1e6, last: 1e6 + grownBytes },
    rss: { first: 1e8, last: 1e8 + grownBytes },
    loggedLines: 1,
  },
  goodSender: {
    capacity: 1,
    bytes: 1024,
    perSecond: 1,
    levels: [level(0, 1), level(0.5, latency), level(null, 9)],
  },
})

it('marks of the flood are met at the limit, judged by the slowest refusal and by half of the capacity', () => {
  const met = floodMarks([row(2, 1, 5e6, 2)])
  expect(met.map(({ isMet }) => isMet)).toEqual([true, true, true, true, true])
  const missed = floodMarks([row(1.9, 0.9, 5.1e6, 2.1)])
  expect(missed.map(({ isMet }) => isMet)).toEqual([false, false, false, false, false])
  expect(missed[0]).toMatchObject({ value: 1.9, where: 'oversized' })
})
