/**
 * Reads the event's id from a dedupe key of the scheme Visibuild:
 * `["tickets",null,"visibuild","event","event-1-2",...]`.
 *
 * @param {string} key
 * @returns {string}
 */
export function readEventId(key) {
  return String(JSON.parse(key)[4])
}
