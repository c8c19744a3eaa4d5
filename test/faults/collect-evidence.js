import { setTimeout as sleep } from 'node:timers/promises'
import { readEventId } from './read-event-id.js'
import { readJournals, readLedger } from './read-evidence.js'

/** @type {readonly import('@countersign/core/stores').RecordState[]} */
const allStates = ['free', 'claimed', 'acked', 'orphaned', 'held', 'failed', 'completed']

/**
 * Waits until all work has ended, and then collects the journals, the effects and the store's records.
 *
 * @param {import('./types.js').RunSettings} run
 * @param {object} parts
 * @param {import('./types.js').Backend} parts.backend
 * @param {ReturnType<typeof import('./receivers.js').startReceivers>} parts.receivers
 * @param {readonly import('./types.js').SentEvent[]} parts.events
 * @param {string} parts.folder
 * @returns {Promise<import('./types.js').Evidence>}
 */
export async function collectEvidence({ form, leaseMs }, { backend, receivers, events, folder }) {
  const { store, close } = await backend.openStore()
  try {
    await leasesEnded(store, leaseMs)
    await receivers.stop()
    /** @type {Map<string, import('@countersign/core').DeliveryRecord>} */
    const records = new Map()
    for await (const record of store.list({ states: allStates })) records.set(readEventId(record.key), record)
    return {
      form,
      leaseMs,
      events,
      effects: form === 'plain' ? readLedger(folder) : await backend.readEffects(),
      journal: readJournals(folder),
      records,
      killed: receivers.killed,
      broken: receivers.broken,
    }
  } finally {
    await close()
  }
}

/**
 * Handlers continue and renew their leases after their sender has disconnected. A claim that remains after this wait is
 * reported by the judgement.
 *
 * @param {import('@countersign/core/stores').InspectableStore} store
 * @param {number} leaseMs
 */
async function leasesEnded(store, leaseMs) {
  const end = performance.now() + 6 * leaseMs
  while (performance.now() < end) {
    const { claimed, acked } = await store.count()
    if (claimed + acked === 0) return
    await sleep(100)
  }
}
