import { isRecognised } from './count-runs.js'
import type { Examination, SentProbe } from './examination.js'
import type { CheckFault } from './faults.js'
import { countProbes, listProbes } from './judge-replies.js'
import { fail, type Judgement, pass, unknown } from './property.js'
import { isAccepted, type Reply } from './wire/reply.js'

export const noIdentity = 'the sender sends nothing that identifies an event'

const countAdvice =
  'Show the check how often the handler ran: with --handled-url, --handled-command or the option handled.'

/** Judges by the count alone. */
export function judgeRuns(
  runs: number | undefined,
  expected: number,
  tried: readonly SentProbe[],
  fault: CheckFault,
): Judgement {
  if (runs === undefined)
    return unknown(`answered ${countProbes(tried)}; unknown how often the handler ran`, countAdvice)
  const events = expected === 1 ? 'one event' : `${expected} events`
  const evidence = `the handler ran ${runs} time${runs === 1 ? '' : 's'} for ${tried.length} deliveries of ${events}`
  return runs > expected ? fail(fault, evidence) : pass(evidence)
}

/** Without a count: judges by the answers to a first delivery and to its repetitions. */
export async function judgeByAnswers(
  examination: Examination,
  judgement: Judgement,
  [first, ...again]: readonly SentProbe[],
  fault: CheckFault,
): Promise<Judgement> {
  if (judgement.verdict !== 'unknown' || !first) return judgement
  const counts = [first, ...again].map(({ reply }) => handledIn(reply))
  if (counts.every((count, index) => count !== undefined && count > (counts[index - 1] ?? -1)))
    return fail(fault, `its own answers say that it handled each of ${counts.length} deliveries of one event`)
  const fresh = await examination.freshDeliveries()
  const isDuplicate = ({ reply }: SentProbe) => isAccepted(reply) && isRecognised(reply, fresh)
  if (again.every(isDuplicate))
    return pass(`answered differently from a first delivery: ${listProbes(again)}`)
  const looksLikeFirst =
    examination.distinguishesRepetitions &&
    again.every((each) => isAccepted(each.reply) && !isDuplicate(each))
  return looksLikeFirst ? fail(fault, `answered like a first delivery: ${listProbes(again)}`) : judgement
}

/** Some receivers answer how many deliveries they have handled, as in `{"handled":12}`. */
function handledIn({ body }: Reply): number | undefined {
  try {
    const handled: unknown = JSON.parse(body)?.handled
    return typeof handled === 'number' ? handled : undefined
  } catch {
    return undefined
  }
}
