/** @typedef {import('./senders.js').Expected} Expected */

/**
 * Lists the fields of a result that differ from what is expected.
 *
 * @param {Expected} seen
 * @param {Expected} expected
 */
export function findMismatches(seen, expected) {
  /** @type {readonly (keyof Expected)[]} */
  const fields = ['status', 'outcome', 'runs']
  return fields
    .filter((field) => seen[field] !== expected[field])
    .map((field) => `${field} should be ${expected[field]}`)
}
