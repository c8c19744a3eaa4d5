import { randomInt, randomUUID } from 'node:crypto'

/**
 * Creates a random id of the same kind as the one it replaces: a number for a number, and a text with the same prefix.
 *
 * @example
 * import { freshId } from '@countersign/testing/sender'
 *
 * console.log(freshId('evt_123')) // evt_ and a UUID
 */
export function freshId(id: unknown): string | number {
  if (typeof id === 'number') return randomInt(2 ** 47)
  const prefix = typeof id === 'string' ? /^[A-Za-z]{1,5}_/.exec(id)?.[0] : undefined
  return `${prefix ?? ''}${randomUUID()}`
}
