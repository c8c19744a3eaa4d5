import { type ExitCode, exitCodes } from '../exit-codes.js'
import type { Terminal } from '../terminal.js'
import type { OpenedStore } from './opened-store.js'

/** What needs the operator; the rest goes by itself. */
const kept = ['failed', 'held', 'orphaned']

/** Prints how many records there are of each state. */
export async function countRecords(
  { store }: OpenedStore,
  { json }: { readonly json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const counts = await store.count()
  if (json) {
    terminal.printJson(counts)
    return exitCodes.ok
  }
  const entries = Object.entries(counts)
  const width = Math.max(...entries.map(([, count]) => String(count).length))
  for (const [state, count] of entries) {
    const note = count > 0 && kept.includes(state) ? '  kept for you' : ''
    terminal.print(`${state.padEnd('completed'.length)}  ${String(count).padStart(width)}${note}`)
  }
  return exitCodes.ok
}
