import { isToldApart } from './count-runs.js'
import type { Examination, Tried } from './examination.js'
import type { CheckFault } from './faults.js'
import { countTried, listTried } from './judge-replies.js'
import { fail, type Judgement, pass, unknown } from './property.js'
import { isAccepted, type Reply } from './wire/reply.js'

export const noIdentity = 'nothing the sender says tells one event from another'

const countAdvice =
  'Let the check see how often the handler ran: --handled-url, --handled-command, or the option handled.'

/** What the count alone tells. */
export function judgeRuns(
  runs: number | undefined,
  expected: number,
  tried: readonly Tried[],
  fault: CheckFault,
): Judgement {
  if (runs === undefined)
    return unknown(`answered ${countTried(tried)}; how often the handler ran is not known`, countAdvice)
  const events = expected === 1 ? 'one event' : `${expected} events`
  const evidence = `the handler ran ${runs} time${runs === 1 ? '' : 's'} for ${tried.length} deliveries of ${events}`
  return runs > expected ? fail(fault, evidence) : pass(evidence)
}

/** Where nobody counts: what the answers to a first delivery and to its repetitions tell. */
export async function judgeByAnswers(
  examination: Examination,
  judgement: Judgement,
  [first, ...again]: readonly Tried[],
  fault: CheckFault,
): Promise<Judgement> {
  if (judgement.verdict !== 'unknown' || !first) return judgement
  const counts = [first, ...again].map(({ reply }) => handledIn(reply))
  if (counts.every((count, index) => count !== undefined && count > (counts[index - 1] ?? -1)))
    return fail(fault, `by its own answers it handled each of ${counts.length} deliveries of one event`)
  const fresh = await examination.fresh()
  const isTold = ({ reply }: Tried) => isAccepted(reply) && isToldApart(reply, fresh)
  if (again.every(isTold)) return pass(`answered as it does not answer a first delivery: ${listTried(again)}`)
  const isTakenForFirst =
    examination.tellsRepetitions && again.every((each) => isAccepted(each.reply) && !isTold(each))
  return isTakenForFirst ? fail(fault, `answered as a first delivery: ${listTried(again)}`) : judgement
}

/** Some answer how many they have handled, as \`{"handled":12}\`. */
function handledIn({ body }: Reply): number | undefined {
  try {
    const handled: unknown = JSON.parse(body)?.handled
    return typeof handled === 'number' ? handled : undefined
  } catch {
    return undefined
  }
}
