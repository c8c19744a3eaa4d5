import { seededRandom } from '../seeded-random.js'

/** @typedef {import('../types.js').PlannedEvent} PlannedEvent */

/**
 * Plans the events of a run, sorted by the time of their first attempts.
 *
 * @param {import('../types.js').RunSettings} run
 * @returns {PlannedEvent[]}
 */
export function planEvents({ seed, events, spreadMs }) {
  return Array.from({ length: events }, (_, number) => planEvent(seed, number, spreadMs)).sort(
    (a, b) => a.startMs - b.startMs,
  )
}

/**
 * @param {number} seed
 * @param {number} number
 * @param {number} spreadMs
 * @returns {PlannedEvent}
 */
function planEvent(seed, number, spreadMs) {
  const id = `event-${seed}-${number}`
  const chance = (/** @type {string} */ what) => seededRandom(seed, id, what)
  return {
    id,
    body: writeBody(id, number),
    startMs: chance('start') * spreadMs,
    isDoubled: chance('doubled') < 0.06,
    copies: chance('copied') < 0.03 ? 8 : 0,
    replayAfterMs: chance('replayed') < 0.06 ? chance('replay') * 2_000 : undefined,
  }
}

/**
 * @param {string} id
 * @param {number} number
 */
function writeBody(id, number) {
  const timestamp = '2026-11-01T08:00:00.000Z'
  const ticket = {
    id: `ticket-${number}`,
    ticketNo: String(number),
    title: 'Crack in the slab',
    status: 'open',
  }
  return JSON.stringify({ id, type: 'ticket.created', timestamp, apiVersion: '2025-01-01', data: { ticket } })
}
