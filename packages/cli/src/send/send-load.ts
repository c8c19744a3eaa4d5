import { setMaxListeners } from 'node:events'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import { type Dispatch, exchange } from './dispatch.js'
import { ExchangeCounter, type LoadSummary, tellSummary } from './load-summary.js'
import { type Load, sendMany } from './send-many.js'
import { showProgress } from './show-progress.js'
import { tellRepetition } from './tell-identity.js'

/** Sends many deliveries, and sums up how they were answered. */
export async function sendLoad(dispatch: Dispatch, load: Load): Promise<ExitCode> {
  const { faults, terminal, asJson } = dispatch
  const signal = terminal.parts.interrupted
  // Each exchange that is under way listens to it.
  setMaxListeners(load.concurrency + 10, signal)
  const isFaulty = faults.names.length > 0
  const repetition = tellRepetition(load.count, [dispatch.prepare(), dispatch.prepareLater()])
  if (!asJson) terminal.print(repetition)
  const counter = new ExchangeCounter(isFaulty)
  const progress = showProgress(load.count, terminal)
  try {
    await sendMany(load, {
      // Rejects only after Ctrl-C, when nobody counts any more.
      send: () => exchange(faults.change(dispatch.prepare().sign()), dispatch).catch(() => undefined),
      onExchange: (answered) => {
        counter.add(answered)
        progress.advance()
      },
      signal,
    })
  } finally {
    progress.stop()
  }
  const summary = counter.summarize()
  const code = endOf(summary, signal)
  if (asJson) terminal.printJson({ ...summary, faults: faults.names, note: repetition })
  else for (const line of [...tellSummary(summary), ...judge(summary, isFaulty)]) terminal.print(line)
  return code
}

function endOf(summary: LoadSummary, signal: AbortSignal): ExitCode {
  if (signal.aborted) return exitCodes.interrupted
  if (Object.keys(summary.statuses).length === 0) return exitCodes.unreachable
  return summary.ok ? exitCodes.ok : exitCodes.no
}

function judge({ ok }: LoadSummary, isFaulty: boolean): readonly string[] {
  if (!isFaulty) return []
  return [ok ? 'all refused, as it must be' : 'not all refused with 4xx, as it must be']
}
