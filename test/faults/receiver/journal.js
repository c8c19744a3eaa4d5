import { openSync, writeSync } from 'node:fs'
import { monotonic } from '../clock.js'

/** @typedef {import('../types.js').JournalKind} JournalKind */
/** @typedef {ReturnType<typeof openJournal>} Journal */

/**
 * Writes each point that a receiver reaches before it continues, so that a kill loses no earlier entry.
 *
 * @param {string} file
 */
export function openJournal(file) {
  const descriptor = openSync(file, 'a')
  return {
    /**
     * @param {JournalKind} kind
     * @param {string} event
     * @param {number} attempt
     * @param {string} [detail]
     * @param {number} [began]
     */
    write(kind, event, attempt, detail = '', began = monotonic()) {
      writeSync(descriptor, `${JSON.stringify([monotonic(), kind, event, attempt, detail, began])}\n`)
    },
  }
}
