import { sendWithRetries } from '@countersign/testing'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import { tellDuration } from '../output/tell-duration.js'
import type { Dispatch } from './dispatch.js'
import { type Exchange, exchangeOf, isAsExpected, tellExchange } from './exchange.js'
import { tellDelivery, toldDelivery } from './tell-delivery.js'

interface ToldAttempt extends Exchange {
  readonly attempt: number
  /** Seconds since the first attempt, by the schedule. */
  readonly afterSeconds: number
}

/** Walks a retry schedule until 2xx, and says how each attempt was answered. */
export async function sendUntilTaken(
  dispatch: Dispatch,
  { schedule, withinMs }: { readonly schedule: readonly number[]; readonly withinMs: number },
): Promise<ExitCode> {
  const { terminal, timeoutMs, asJson } = dispatch
  const signal = terminal.parts.interrupted
  const delivery = dispatch.prepare()
  const told = toldDelivery(delivery, delivery.sign(), dispatch)
  const attempts: ToldAttempt[] = []
  if (!asJson) for (const line of [tellDelivery(told), ...dispatch.tellId(delivery)]) terminal.print(line)
  for await (const sent of sendWithRetries(delivery, { schedule, withinMs, timeoutMs, signal })) {
    const { attempt, afterSeconds } = sent
    const answered = exchangeOf(sent)
    attempts.push({ attempt, afterSeconds, ...answered })
    const when = afterSeconds === 0 ? 'at once' : `at +${tellDuration(afterSeconds)}`
    if (!asJson) terminal.print(`attempt ${attempt} ${when}: ${tellExchange(answered)}`)
  }
  const code = endOf(attempts, signal)
  const ok = code === exitCodes.ok
  if (asJson) terminal.printJson({ delivery: told, attempts, of: schedule.length, ok })
  else if (code !== exitCodes.interrupted) terminal.print(tellEnd(attempts, schedule.length, dispatch))
  return code
}

function endOf(attempts: readonly ToldAttempt[], signal: AbortSignal): ExitCode {
  if (isTaken(attempts)) return exitCodes.ok
  if (signal.aborted) return exitCodes.interrupted
  return attempts.every(({ status }) => status === null) ? exitCodes.unreachable : exitCodes.no
}

function isTaken(attempts: readonly ToldAttempt[]): boolean {
  const status = attempts.at(-1)?.status ?? null
  return status !== null && isAsExpected({ status }, false)
}

function tellEnd(attempts: readonly ToldAttempt[], total: number, { terminal }: Dispatch): string {
  return isTaken(attempts)
    ? terminal.style('green', `taken at attempt ${attempts.length} of ${total}`)
    : terminal.style('red', `given up after attempt ${attempts.length} of ${total}, as the sender would`)
}
