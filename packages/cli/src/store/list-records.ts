import type { RecordState } from '@countersign/core/stores'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import type { Terminal } from '../terminal.js'
import { formatRecord } from './format-record.js'
import { isFreeAfterFailure } from './is-free-after-failure.js'
import type { OpenedStore } from './opened-store.js'
import { parseKey } from './parse-key.js'
import { recordToJson } from './record-to-json.js'

/** Which records are listed, and how. */
export interface ListRecordsOptions {
  readonly state?: readonly RecordState[]
  readonly endpoint?: string
  readonly limit: number
  readonly json?: boolean
}

/** Everything that is not completed. */
const defaultStates: readonly RecordState[] = ['free', 'claimed', 'acked', 'orphaned', 'held', 'failed']

/**
 * Prints records, one per line, in the order of the store. By default those that are in progress or need the operator; of the
 * free ones only those whose last attempt failed or was cut off.
 */
export async function listRecords(
  { store }: OpenedStore,
  { state, endpoint, limit, json = false }: ListRecordsOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  let shown = 0
  let unreadable = 0
  for await (const record of store.list({ states: state ?? defaultStates })) {
    terminal.parts.interrupted.throwIfAborted()
    if (state === undefined && record.state === 'free' && !isFreeAfterFailure(record)) continue
    const parts = parseKey(record.key)
    if (endpoint !== undefined && parts?.endpoint !== endpoint) {
      if (!parts) unreadable += 1
      continue
    }
    if (shown === limit) {
      terminal.printError(`there are more records; print more with --limit ${limit * 10}`)
      break
    }
    shown += 1
    if (json) terminal.printJsonLine(recordToJson(record, parts))
    else terminal.print(formatRecord(record, parts))
  }
  if (shown === 0 && !json) terminal.print('no such records')
  if (unreadable > 0) terminal.printError(`skipped: ${unreadable} with a key that does not name its endpoint`)
  return exitCodes.ok
}
