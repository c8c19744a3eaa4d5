/** @typedef {import('./senders.js').Expected} Expected */

/**
 * What is not as it should be, in words; nothing where all is well.
 *
 * @param {Expected} seen
 * @param {Expected} expected
 */
export function problemsOf(seen, expected) {
  /** @type {readonly (keyof Expected)[]} */
  const fields = ['status', 'outcome', 'runs']
  return fields
    .filter((field) => seen[field] !== expected[field])
    .map((field) => `${field} should be ${expected[field]}`)
}
