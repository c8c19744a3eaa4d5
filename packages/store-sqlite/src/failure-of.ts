import { isWebhookError } from '@countersign/core'
import { storeFailure } from '@countersign/core/stores'
import { isBusy, resultCode } from './driver.js'

const busy =
  'the file stayed locked for longer than busyTimeoutMs. Keep write transactions short, and await nothing inside them.'
const readOnly = 'its file cannot be written to; see who owns it and how the connection was opened.'
const full = 'there is no room: the disk is full, or max_page_count is reached.'
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

/** What the store throws for what it met: errors of Countersign as they are, and SQLite's with what an operator should know. */
export function failureOf(operation: string, cause: unknown): Error {
  if (isWebhookError(cause)) return cause
  const reason = isBusy(cause) ? busy : reasons.get(resultCode(cause))
  return storeFailure('sqlite', operation, reason === undefined ? { cause } : { cause, reason })
}
