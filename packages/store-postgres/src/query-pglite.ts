import { storeFailure } from '@countersign/core/stores'
import type { PGliteDatabase } from './client-types.js'
import { readRows } from './read-rows.js'

/** Less than a receiver's `storeTimeoutMs` (2,000 unless set), so that this explanation comes first. */
export const pgliteWaitMs = 1_500

/**
 * PGlite has one connection, and a statement waits until an open `transaction()` is over. Awaited within that very
 * transaction it would wait for ever; from outside nobody can tell the two, so the wait has an end.
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
