import { randomInt, randomUUID } from 'node:crypto'

/** An id of the kind, and with the beginning, of the one it takes the place of: `evt_...` stays one. */
export function freshId(id: unknown): string | number {
  if (typeof id === 'number') return randomInt(2 ** 47)
  const prefix = typeof id === 'string' ? /^[A-Za-z]{1,5}_/.exec(id)?.[0] : undefined
  return `${prefix ?? ''}${randomUUID()}`
}
