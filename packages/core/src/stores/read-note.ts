import { readKey } from './write-key.js'

/**
 * Reads the event name or the last error code of a record, which a store writes with `writeKey` or leaves empty.
 *
 * @param written the column's value: text, or NULL as `null` or `undefined`
 * @returns undefined where the record has none
 *
 * @example
 * readNote('ticket.created') // 'ticket.created'
 * readNote(null) // undefined
 */
export function readNote(written: unknown): string | undefined {
  return typeof written === 'string' ? readKey(written) : undefined
}
