import { type ExitCode, exitCodes } from '../exit-codes.js'
import type { Terminal } from '../terminal.js'
import type { OpenedStore } from './opened-store.js'

/** Removes records that are past their retention, unless the database expires them itself. */
export async function pruneRecords(
  { store }: OpenedStore,
  { limit, json }: { readonly limit?: number; readonly json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const removed = await store.prune?.(limit === undefined ? {} : { limit })
  if (json) terminal.printJson({ removed: removed ?? null })
  else if (removed === undefined) terminal.print('nothing to do: Redis expires records by itself')
  else terminal.print(`${removed} ${removed === 1 ? 'record' : 'records'} past their retention removed`)
  return exitCodes.ok
}
