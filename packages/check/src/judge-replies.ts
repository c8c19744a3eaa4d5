import type { Examination, SentProbe } from './examination.js'
import type { CheckFault } from './faults.js'
import { fail, type Judgement, pass, unknown } from './property.js'
import { classifyReply, describeReply, isAccepted, isRetryLater } from './wire/reply.js'

const rateLimitAdvice = 'Turn the rate limit off for the check, or leave this property out with --skip.'

/** Judges probes that must be refused, with any answer other than 2xx. */
export function judgeRefused(
  examination: Examination,
  tried: readonly SentProbe[],
  fault: CheckFault,
): Judgement {
  const accepted = tried.filter(({ reply }) => isAccepted(reply))
  if (accepted.length > 0) return fail(fault, `accepted: ${listProbes(accepted)}`)
  const silent = tried.filter(({ reply }) => reply.end === 'silent')
  if (silent.length > 0) {
    const evidence = `not answered: ${listProbes(silent)}`
    return examination.faults.has('hangs-on-refused')
      ? unknown(evidence, 'The receiver does not answer what it refuses; see the first property that failed.')
      : fail('hangs-on-refused', evidence)
  }
  return explainUndecided(examination, tried) ?? pass(`refused ${countProbes(tried)}`)
}

/** Judges probes that should be refused, but are harmless if accepted: a remark, not a failure. */
export function judgeHarmless(tried: readonly SentProbe[], fault: CheckFault): Judgement | undefined {
  const accepted = tried.filter(({ reply }) => isAccepted(reply))
  return accepted.length > 0 ? unknown(`accepted: ${listProbes(accepted)}`, undefined, fault) : undefined
}

/** Judges probes that must be accepted with 2xx. Only an answer like that to a forgery counts as a refusal: otherwise the handler may have failed. */
export function judgeAccepted(
  examination: Examination,
  tried: readonly SentProbe[],
  fault: CheckFault,
): Judgement {
  const others = tried.filter(({ reply }) => !isAccepted(reply))
  if (others.length === 0) return pass(`accepted ${countProbes(tried)}`)
  const open = explainUndecided(examination, others)
  if (open) return open
  const evidence = `not accepted: ${listProbes(others)}`
  const isRefusal = others.some(({ reply }) => examination.refusals.has(classifyReply(reply)))
  return isRefusal
    ? fail(fault, evidence)
    : unknown(evidence, 'The answer differs from that to a forgery. Did the handler fail?')
}

/** Requests that met a rate limit, or no receiver at all, show nothing. */
export function explainUndecided(
  { faults }: Examination,
  tried: readonly SentProbe[],
): Judgement | undefined {
  if (tried.some(({ reply }) => isRetryLater(reply)))
    return unknown('answered 429: a rate limit', rateLimitAdvice)
  const isDying = faults.has('dies-on-short-signature') || faults.has('dies-on-malformed')
  const missed = tried.filter(
    ({ reply }) => reply.end === 'unreachable' || (isDying && reply.end === 'dropped'),
  )
  return missed.length > 0 ? unknown(`the receiver was unavailable: ${countProbes(missed)}`) : undefined
}

/** `a short signature (500), another (401) and 3 more`. */
export function listProbes(tried: readonly SentProbe[]): string {
  const shown = tried.slice(0, 4).map(({ what, reply }) => `${what} (${describeReply(reply)})`)
  const rest = tried.length - shown.length
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

/** `12 requests (401, 400)`. */
export function countProbes(tried: readonly SentProbe[]): string {
  const ends = [...new Set(tried.map(({ reply }) => describeReply(reply)))]
  return `${tried.length} request${tried.length === 1 ? '' : 's'} (${ends.join(', ')})`
}
