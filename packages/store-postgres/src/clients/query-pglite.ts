import { storeFailure } from '@countersign/core/stores'
import type { PGliteDatabase } from '../client-types.js'
import { readRows } from './read-rows.js'

/** Less than a receiver's default `storeTimeoutMs` of 2,000, so that this error comes before the timeout. */
export const pgliteWaitMs = 1_500

/**
 * PGlite has one connection, on which a statement waits until an open `transaction()` is over. Awaited within that
 * transaction it would wait for ever. The store cannot see which of the two it is, so it stops waiting.
 *
 * @throws DedupeStoreError when a transaction stays open
 */
export async function queryPGlite(
  database: PGliteDatabase & { isInTransaction?(): boolean },
  text: string,
  params: readonly string[],
): Promise<readonly string[]> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const waited = new Promise<never>((_, reject) => {
    const check = () => {
      const isBlocked = database.isInTransaction?.() ?? true
      if (isBlocked) return reject(blocked())
      timer = setTimeout(check, pgliteWaitMs)
    }
    timer = setTimeout(check, pgliteWaitMs)
  })
  try {
    return readRows(await Promise.race([database.query(text, [...params]), waited]))
  } finally {
    clearTimeout(timer)
  }
}

function blocked(): Error {
  return storeFailure('postgres', 'answer', {
    reason:
      `a transaction of PGlite has been open for over ${pgliteWaitMs} ms, and PGlite has one connection. A call of the store ` +
      "that is awaited within transaction() waits for itself: use delivery.completeIn(tx) there, and the store's other " +
      'calls outside.',
  })
}
