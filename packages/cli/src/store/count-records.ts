import { type ExitCode, exitCodes } from '../exit-codes.js'
import type { Terminal } from '../terminal.js'
import { isFreeAfterFailure } from './is-free-after-failure.js'
import type { OpenedStore } from './opened-store.js'

/** States that wait for the operator. */
const waiting = ['failed', 'held', 'orphaned']

/** Prints how many records there are in each state. */
export async function countRecords(
  { store }: OpenedStore,
  { json }: { readonly json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const counts = await store.count()
  const freeAfterFailure = counts.free === 0 ? 0 : await countFreeAfterFailure(store, terminal)
  if (json) {
    terminal.printJson({ ...counts, freeAfterFailure })
    return exitCodes.ok
  }
  const failures = freeAfterFailure > 0 ? `  ${freeAfterFailure} after a failed attempt` : ''
  const entries = Object.entries(counts)
  const width = Math.max(...entries.map(([, count]) => String(count).length))
  for (const [state, count] of entries) {
    const note = count > 0 && waiting.includes(state) ? '  needs you' : state === 'free' ? failures : ''
    terminal.print(`${state.padEnd('completed'.length)}  ${String(count).padStart(width)}${note}`)
  }
  return exitCodes.ok
}

async function countFreeAfterFailure(store: OpenedStore['store'], terminal: Terminal): Promise<number> {
  let count = 0
  for await (const record of store.list({ states: ['free'] })) {
    terminal.parts.interrupted.throwIfAborted()
    if (isFreeAfterFailure(record)) count += 1
  }
  return count
}
