import { sendWithRetries } from '@countersign/testing'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import { formatDuration } from '../output/format-duration.js'
import { type AttemptResult, isExpected, toAttemptResult } from './attempt-result.js'
import { deliveryToJson } from './delivery-to-json.js'
import { formatAttempt } from './format-attempt.js'
import { formatDelivery } from './format-delivery.js'
import type { SendJob } from './send-job.js'

interface RetryResult extends AttemptResult {
  readonly attempt: number
  /** Seconds since the first attempt, in the scheme's schedule. */
  readonly afterSeconds: number
}

/** Sends a delivery by the retry schedule until it is answered 2xx, and prints each answer. */
export async function sendRetries(
  job: SendJob,
  { schedule, withinMs }: { readonly schedule: readonly number[]; readonly withinMs: number },
): Promise<ExitCode> {
  const { terminal, timeoutMs, asJson } = job
  const signal = terminal.parts.interrupted
  const prepared = job.prepare()
  const delivery = deliveryToJson(prepared, prepared.sign(), job)
  const attempts: RetryResult[] = []
  if (!asJson) terminal.printLines([formatDelivery(delivery), ...job.formatId(prepared)])
  for await (const sent of sendWithRetries(prepared, { schedule, withinMs, timeoutMs, signal })) {
    const { attempt, afterSeconds } = sent
    const result = toAttemptResult(sent)
    attempts.push({ attempt, afterSeconds, ...result })
    const when = afterSeconds === 0 ? 'at once' : `at +${formatDuration(afterSeconds)}`
    if (!asJson) terminal.print(`attempt ${attempt} ${when}: ${formatAttempt(result)}`)
  }
  const code = chooseExitCode(attempts, signal)
  const ok = code === exitCodes.ok
  if (asJson) terminal.printJson({ delivery, attempts, of: schedule.length, ok })
  else if (code !== exitCodes.interrupted) terminal.print(formatEnd(attempts, schedule.length, job))
  return code
}

function chooseExitCode(attempts: readonly RetryResult[], signal: AbortSignal): ExitCode {
  if (isAccepted(attempts)) return exitCodes.ok
  if (signal.aborted) return exitCodes.interrupted
  return attempts.every(({ status }) => status === null) ? exitCodes.unreachable : exitCodes.no
}

function isAccepted(attempts: readonly RetryResult[]): boolean {
  const status = attempts.at(-1)?.status ?? null
  return status !== null && isExpected({ status }, false)
}

function formatEnd(attempts: readonly RetryResult[], total: number, { terminal }: SendJob): string {
  return isAccepted(attempts)
    ? terminal.style('green', `accepted at attempt ${attempts.length} of ${total}`)
    : terminal.style('red', `given up after attempt ${attempts.length} of ${total}, as the sender would`)
}
