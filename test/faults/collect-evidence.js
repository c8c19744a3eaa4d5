import { setTimeout as sleep } from 'node:timers/promises'
import { eventOfKey } from './event-of-key.js'
import { readJournals, readLedger } from './read-evidence.js'

/** @type {readonly import('@countersign/core/stores').RecordState[]} */
const allStates = ['free', 'claimed', 'acked', 'orphaned', 'held', 'failed', 'completed']

/**
 * Waits until nothing is under way any longer, and gathers what everybody knows.
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
    for await (const record of store.list({ states: allStates })) records.set(eventOfKey(record.key), record)
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
 * Handlers go on after their sender has gone, and renew their leases. What still has one after that is left to the
 * judgement.
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
