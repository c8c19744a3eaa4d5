import type { Examination, Tried } from './examination.js'
import type { CheckFault } from './faults.js'
import { fail, type Judgement, pass, unknown } from './property.js'
import { describeEnd, isAccepted, isPutOff, kindOf } from './wire/reply.js'

const rateLimitAdvice = 'Switch the rate limit off for the check, or leave this property out with --skip.'

/** What must be refused: by any answer but 2xx. */
export function judgeRefused(
  examination: Examination,
  tried: readonly Tried[],
  fault: CheckFault,
): Judgement {
  const accepted = tried.filter(({ reply }) => isAccepted(reply))
  if (accepted.length > 0) return fail(fault, `taken: ${listTried(accepted)}`)
  const silent = tried.filter(({ reply }) => reply.end === 'silent')
  if (silent.length > 0) {
    const evidence = `not answered: ${listTried(silent)}`
    return examination.faults.has('hangs-on-refused')
      ? unknown(
          evidence,
          'The receiver leaves unanswered what it refuses; see the first property that failed.',
        )
      : fail('hangs-on-refused', evidence)
  }
  return whyOpen(examination, tried) ?? pass(`refused ${countTried(tried)}`)
}

/** What should be refused, but does no harm where it is taken: a remark, and no failure. */
export function judgeHarmless(tried: readonly Tried[], fault: CheckFault): Judgement | undefined {
  const accepted = tried.filter(({ reply }) => isAccepted(reply))
  return accepted.length > 0 ? unknown(`taken: ${listTried(accepted)}`, undefined, fault) : undefined
}

/** What must be taken, with 2xx. Only what is answered as a refusal was refused; a handler may have failed on it. */
export function judgeAccepted(
  examination: Examination,
  tried: readonly Tried[],
  fault: CheckFault,
): Judgement {
  const others = tried.filter(({ reply }) => !isAccepted(reply))
  if (others.length === 0) return pass(`took ${countTried(tried)}`)
  const open = whyOpen(examination, others)
  if (open) return open
  const evidence = `not taken: ${listTried(others)}`
  const isRefusal = others.some(({ reply }) => examination.refusals.has(kindOf(reply)))
  return isRefusal
    ? fail(fault, evidence)
    : unknown(evidence, 'Not answered as a forgery is: did the handler fail on it?')
}

/** Where requests met a rate limit, or nobody at all, they tell nothing. */
export function whyOpen({ faults }: Examination, tried: readonly Tried[]): Judgement | undefined {
  if (tried.some(({ reply }) => isPutOff(reply)))
    return unknown('answered 429: a rate limit', rateLimitAdvice)
  const isDying = faults.has('dies-on-short-signature') || faults.has('dies-on-malformed')
  const missed = tried.filter(
    ({ reply }) => reply.end === 'unreachable' || (isDying && reply.end === 'dropped'),
  )
  return missed.length > 0 ? unknown(`the receiver was away: ${countTried(missed)}`) : undefined
}

/** `a short signature (500), another (401) and 3 more`. */
export function listTried(tried: readonly Tried[]): string {
  const shown = tried.slice(0, 4).map(({ what, reply }) => `${what} (${describeEnd(reply)})`)
  const rest = tried.length - shown.length
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

/** `12 requests (401, 400)`. */
export function countTried(tried: readonly Tried[]): string {
  const ends = [...new Set(tried.map(({ reply }) => describeEnd(reply)))]
  return `${tried.length} request${tried.length === 1 ? '' : 's'} (${ends.join(', ')})`
}
