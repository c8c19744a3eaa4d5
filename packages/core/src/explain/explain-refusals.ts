import type { WebhookError } from '../errors.js'
import type { ReceiverSettings } from '../receiver-settings.js'
import type { Acceptance, WebhookRequest } from '../types.js'
import type { VerificationSettings } from '../verification-settings.js'
import { describeRefusal } from './describe-refusal.js'
import { diagnose, verifierRefused } from './diagnose.js'
import { loadExplain } from './load-explain.js'
import { type WatchedRequest, watchRequest } from './watch-request.js'

type Accept = (request: WebhookRequest, verification: VerificationSettings) => Promise<Acceptance>

/** By then the answer has left; the search, which takes the processor to itself, would hold it up. */
const answerMs = 100
const pauseMs = 1_000

/** One diagnosis at a time in this process, and a pause after each: a flood of nonsense must fill neither log nor processor. */
const turn = {
  isTaken: false,
  /** Refusals that found it taken. */
  missed: 0,
}

/**
 * Has the diagnosis of each refused delivery written to the log, where the option `explain` is in force. The answer is
 * what it would be without: the diagnosis begins after it.
 */
export function explainRefusals(
  accept: Accept,
  settings: ReceiverSettings,
): (request: WebhookRequest) => Promise<Acceptance> {
  const { verification, explains, say } = settings
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
      for (const line of describeRefusal(error, verifierRefused(error))) say(line)
      return
    }
    try {
      const found = loadExplain()
      isMissing = found === undefined
      if (!found) {
        say('explain: true needs @countersign/diagnosis, on Node: npm install -D @countersign/diagnosis')
        return
      }
      const diagnosis = await diagnose(watched, error, refusedAt, found, settings)
      for (const line of describeRefusal(error, diagnosis)) say(line)
    } catch {
      // What failed is told without its own words, which may quote the request.
      say(`refused (${error.code}): the search for the reason failed.`)
    }
  }

  function pause(): void {
    clock.setTimer(() => {
      const { missed } = turn
      turn.isTaken = false
      turn.missed = 0
      if (missed > 0) say(`${missed} more refused meanwhile; one a second is explained.`)
    }, pauseMs)
  }
}
