import { openSync, writeSync } from 'node:fs'
import { monotonic } from '../clock.js'

/**
 * Appends one line to a file for each effect, in one atomic write.
 *
 * @param {import('../types.js').ReceiverSettings} settings
 * @param {{ journal: import('./journal.js').Journal, killAt: import('./kill-at.js').KillAt }} parts
 * @returns {import('./handle.js').ApplyEffect}
 */
export function plainEffect({ ledgerFile, slot, life }, { journal, killAt }) {
  const ledger = openSync(ledgerFile, 'a')
  return ({ attempt }, event) => {
    writeSync(ledger, `${JSON.stringify({ event, attempt, process: `${slot}.${life}`, at: monotonic() })}\n`)
    journal.write('effect', event, attempt)
    killAt('effect', event, attempt)
  }
}
