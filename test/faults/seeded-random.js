import { createHash } from 'node:crypto'

/**
 * A number from 0 up to 1 that depends only on its arguments. One seed therefore makes the same decisions in every run,
 * in any order.
 *
 * @param {number} seed
 * @param {readonly (string | number)[]} place what is decided, and for which event
 */
export function seededRandom(seed, ...place) {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, ...place]))
    .digest()
  return digest.readUIntBE(0, 6) / 2 ** 48
}

/**
 * @template T
 * @param {readonly T[]} list
 * @param {number} number from 0 up to 1
 */
export function pick(list, number) {
  const picked = list[Math.floor(number * list.length)]
  if (picked === undefined) throw new Error('The list is empty.')
  return picked
}
