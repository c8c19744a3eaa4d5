import { describe, expect, test } from 'vitest'
import { createRunSettings } from '../create-run-settings.js'
import { readArguments } from '../read-arguments.js'
import { seededRandom } from '../seeded-random.js'
import { planEvents } from './plan-events.js'
import { planFaults } from './plan-faults.js'
import { planHandling } from './plan-handling.js'

describe('a seed', () => {
  const options = readArguments(['--events', '500'])
  const run = createRunSettings(options, { store: 'postgres', form: 'transactional', seed: 7 })

  test('gives the same plan each time, and another seed gives another plan', () => {
    expect(seededRandom(7, 'event', 1, 'kill')).toBe(seededRandom(7, 'event', 1, 'kill'))
    expect(seededRandom(7, 'event', 1, 'kill')).not.toBe(seededRandom(8, 'event', 1, 'kill'))
    expect(planEvents(run)).toEqual(planEvents(run))
    expect(planFaults(run)).toEqual(planFaults(run))
    expect(planEvents(run)).not.toEqual(planEvents({ ...run, seed: 8 }))
    expect(planFaults(run)).not.toEqual(planFaults({ ...run, seed: 8 }))
  })

  test('plans every kind of handling, event and fault', () => {
    const events = planEvents({ ...run, events: 3_000 })
    const handled = events.map(({ id }) => planHandling(run, { event: id, attempt: 1, isSpared: false }))
    expect(new Set(handled.map(({ end }) => end)).size).toBe(5)
    expect(handled.some(({ forMs }) => forMs > run.leaseMs)).toBe(true)
    expect(events.some(({ isDoubled }) => isDoubled)).toBe(true)
    expect(events.some(({ copies }) => copies > 0)).toBe(true)
    expect(events.some(({ replayAfterMs }) => replayAfterMs !== undefined)).toBe(true)
    expect(new Set(planFaults(run).map(({ kind }) => kind)).size).toBe(3)
  })

  test("ends all faults before the first event's last attempt", () => {
    const late = planFaults({ ...run, events: 50_000, spreadMs: 300_000 }).map(
      ({ atMs, forMs }) => atMs + forMs,
    )
    expect(Math.max(...late)).toBeLessThan(57_600_000 / run.speed)
    expect(Math.max(...late)).toBeGreaterThan(0.8 * (57_600_000 / run.speed))
  })

  test('plans no failure for the last attempts of a schedule', () => {
    const ids = planEvents({ ...run, events: 3_000 }).map(({ id }) => id)
    const ends = ids.map((event) => planHandling(run, { event, attempt: 3, isSpared: true }).end)
    expect(new Set(ends)).toEqual(new Set(['succeed']))
  })
})
