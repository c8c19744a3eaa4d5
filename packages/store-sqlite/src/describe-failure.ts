import { isWebhookError } from '@countersign/core'
import { storeFailure } from '@countersign/core/stores'

/** The store's error for an error of SQLite, with what to change; an error of Countersign as it is. */
export function describeFailure(operation: string, cause: unknown): Error {
  if (isWebhookError(cause)) return cause
  const reason = isBusy(cause) ? busy : reasons.get(resultCode(cause))
  return storeFailure('sqlite', operation, { cause, reason })
}

/** Whether another connection has the file locked, so that it is worth another try. */
export function isBusy(error: unknown): boolean {
  return ['SQLITE_BUSY', 'SQLITE_LOCKED', 5, 6].includes(resultCode(error) ?? '')
}

const busy =
  'the file stayed locked for longer than busyTimeoutMs. Keep write transactions short, and await nothing inside them.'
const readOnly =
  'its file cannot be written. Check its owner, and that the connection is not opened read-only.'
const full = 'there is no space: the disk is full, or max_page_count is reached.'
const corrupt = 'its file is damaged. Restore it from a backup; until then nothing can be deduplicated.'

const reasons = new Map<string | number | undefined, string>([
  ['SQLITE_READONLY', readOnly],
  [8, readOnly],
  ['SQLITE_FULL', full],
  [13, full],
  ['SQLITE_CORRUPT', corrupt],
  [11, corrupt],
  ['SQLITE_NOTADB', corrupt],
  [26, corrupt],
])

/** SQLite's primary result code: better-sqlite3 has its name, node:sqlite and Bun its number. */
function resultCode(error: unknown): string | number | undefined {
  const { errcode, errno, code } = Object(error)
  const number = errcode ?? errno
  if (typeof number === 'number') return number & 0xff
  return typeof code === 'string' ? /^SQLITE_[A-Z]+/.exec(code)?.[0] : undefined
}
