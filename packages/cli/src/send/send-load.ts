import { setMaxListeners } from 'node:events'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import { formatRepetition } from '../output/format-identity.js'
import { formatLoadSummary } from './format-load-summary.js'
import { LoadCounter, type LoadSummary } from './load-summary.js'
import { type Load, runAtRate } from './run-at-rate.js'
import { sendAttempt } from './send-attempt.js'
import type { SendJob } from './send-job.js'
import { showProgress } from './show-progress.js'

/** Sends many deliveries, and prints a summary of the answers. */
export async function sendLoad(job: SendJob, load: Load): Promise<ExitCode> {
  const { faults, terminal, asJson } = job
  const signal = terminal.parts.interrupted
  // Each running attempt listens to the signal; above the default limit Node prints a warning.
  setMaxListeners(load.concurrency + 10, signal)
  const isFaulty = faults.names.length > 0
  const note = formatRepetition(load.count, [job.prepare(), job.prepareLater()])
  if (!asJson) terminal.print(note)
  const counter = new LoadCounter(isFaulty)
  const progress = showProgress(load.count, terminal)
  try {
    await runAtRate(load, {
      // Rejects only after Ctrl-C, when the results are no longer counted.
      send: () => sendAttempt(faults.change(job.prepare().sign()), job).catch(() => undefined),
      onResult: (result) => {
        counter.add(result)
        progress.advance()
      },
      signal,
    })
  } finally {
    progress.stop()
  }
  const summary = counter.summarize()
  if (asJson) terminal.printJson({ ...summary, faults: faults.names, note })
  else terminal.printLines([...formatLoadSummary(summary), ...judge(summary, isFaulty)])
  return chooseExitCode(summary, signal)
}

function chooseExitCode(summary: LoadSummary, signal: AbortSignal): ExitCode {
  if (signal.aborted) return exitCodes.interrupted
  if (Object.keys(summary.statuses).length === 0) return exitCodes.unreachable
  return summary.ok ? exitCodes.ok : exitCodes.no
}

function judge({ ok }: LoadSummary, isFaulty: boolean): readonly string[] {
  if (!isFaulty) return []
  return [ok ? 'all refused, as they must be' : 'not all refused with 4xx, as they must be']
}
