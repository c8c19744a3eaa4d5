import type { WebhookError } from '../errors.js'
import type { ReceiverSettings } from '../settings/receiver-settings.js'
import type { VerificationSettings } from '../settings/verification-settings.js'
import type { Acceptance, WebhookRequest } from '../types.js'
import { describeRefusal } from './describe-refusal.js'
import { diagnose, diagnoseVerifierRefusal } from './diagnose.js'
import { loadExplain } from './load-explain.js'
import { type WatchedRequest, watchRequest } from './watch-request.js'

type Accept = (request: WebhookRequest, verification: VerificationSettings) => Promise<Acceptance>

/** After this time the response has been sent; the search blocks the event loop and would delay it. */
const answerMs = 100
const pauseMs = 1_000

/** One diagnosis at a time in this process, and a pause after each: a flood of forged requests must not fill the log or the CPU. */
const turn = {
  isTaken: false,
  /** Refusals in the meantime. */
  missed: 0,
}

/**
 * Logs the cause of each refused delivery if the option `explain` is on. The response does not change: the diagnosis starts
 * after it is sent.
 */
export function explainRefusals(
  accept: Accept,
  settings: ReceiverSettings,
): (request: WebhookRequest) => Promise<Acceptance> {
  const { verification, explains, report } = settings
  if (!explains) return (request) => accept(request, verification)
  const { clock } = verification
  let isMissing = false

  return async (request) => {
    const watched = watchRequest(request, verification)
    const acceptance = await accept(watched.request, watched.verification)
    if (!acceptance.accepted && acceptance.outcome.type === 'refused') take(watched, acceptance.outcome.error)
    return acceptance
  }

  function take(watched: WatchedRequest, error: WebhookError): void {
    if (isMissing) return
    if (turn.isTaken) {
      turn.missed += 1
      return
    }
    turn.isTaken = true
    const refusedAt = clock.now()
    clock.setTimer(() => void write(watched, error, refusedAt).finally(pause), answerMs)
  }

  async function write(watched: WatchedRequest, error: WebhookError, refusedAt: number): Promise<void> {
    if (verification.scheme.verifier) {
      for (const line of describeRefusal(error, diagnoseVerifierRefusal(error))) report(line)
      return
    }
    try {
      const found = loadExplain()
      isMissing = found === undefined
      if (!found) {
        report('explain: true needs @countersign/diagnosis, on Node: npm install -D @countersign/diagnosis')
        return
      }
      const diagnosis = await diagnose(watched, error, refusedAt, found, settings)
      for (const line of describeRefusal(error, diagnosis)) report(line)
    } catch {
      // Without the error's message, which may quote the request.
      report(`refused (${error.code}): the search for the reason failed.`)
    }
  }

  function pause(): void {
    clock.setTimer(() => {
      const { missed } = turn
      turn.isTaken = false
      turn.missed = 0
      if (missed > 0) report(`${missed} more refused meanwhile; one a second is explained.`)
    }, pauseMs)
  }
}
