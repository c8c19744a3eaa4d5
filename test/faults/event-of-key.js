/**
 * The event in a dedupe key of Visibuild's: `["tickets",null,"visibuild","event","event-1-2",...]`.
 *
 * @param {string} key
 * @returns {string}
 */
export function eventOfKey(key) {
  return String(JSON.parse(key)[4])
}
