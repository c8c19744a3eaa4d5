import { visibuild } from '@countersign/core/schemes'
import { seededRandom } from '../seeded-random.js'

const horizonMs = 1_000 * (visibuild().retries ?? []).reduce((sum, seconds) => sum + seconds, 0)
/** A fault lasts for a while, and so does the recovery. */
const aftermathMs = 2_000

/**
 * Plans the faults from outside. They are spread over the time of the first attempts, and the last one ends before the
 * last attempt of the first event, because no retry follows that attempt.
 *
 * @param {import('../types.js').RunSettings} run
 * @returns {import('../types.js').PlannedFault[]}
 */
export function planFaults({ seed, speed, spreadMs, outsideKills, restarts, slowSpells }) {
  const counts = /** @type {const} */ ([
    ['kill', outsideKills],
    ['restart', restarts],
    ['slow', slowSpells],
  ])
  const endMs = Math.min(spreadMs, horizonMs / speed - aftermathMs)
  return counts
    .flatMap(([kind, count]) => Array.from({ length: count }, (_, number) => ({ kind, count, number })))
    .map(({ kind, count, number }) => {
      const chance = (/** @type {string} */ what) => seededRandom(seed, 'fault', kind, number, what)
      const atMs = ((number + chance('time')) / count) * endMs
      const forMs = kind === 'slow' ? 150 + chance('duration') * 550 : 100 + chance('duration') * 300
      return { kind, atMs, slot: Math.floor(chance('slot') * 3), forMs, way: chance('way') }
    })
    .sort((a, b) => a.atMs - b.atMs)
}
