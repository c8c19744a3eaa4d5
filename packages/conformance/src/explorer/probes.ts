import {
  type Answer,
  type ClaimRecord,
  claimContract,
  recordAt,
  type StoreCall,
  type Terms,
} from './claim-contract.js'
import { timeOfAttempt } from './world.js'

/** A call that shows what a store remembers, and what the contract has it answer. */
export interface Probe {
  readonly now: number
  readonly call: StoreCall
  /** What the store should remember then. */
  readonly record: ClaimRecord
  readonly expected: Answer
}

/** What is remembered after a history, and who may ask for it. */
export interface Remembered {
  readonly record: ClaimRecord
  readonly now: number
  readonly terms: Terms
  /** Whether commits are asked for, too. */
  readonly transactional: boolean
  /** The attempts that had to do with the event. */
  readonly callers: readonly number[]
}

/** The number of an attempt that never had the event. */
const stranger = -1

/** A claim of somebody new; where times are signed, of the sender's next attempt after so many, or of a copy of its first one. */
function strangersClaim({ signed }: Terms, later: number | 'copy'): StoreCall {
  const signedAt = later === 'copy' ? timeOfAttempt(0) : timeOfAttempt(1_000 + later)
  return { operation: 'claim', attempt: stranger, attemptedAt: signed ? signedAt : undefined }
}

/**
 * What is asked of copies of a record, a series for each copy, to see that nothing but what the contract says is
 * remembered: claims, completions and releases by all who had the event, and new claims until all leases and retentions
 * are over. What must change nothing is asked of one copy, one after the other, and claims in between show whether it did.
 */
export function probesOf(remembered: Remembered): readonly (readonly Probe[])[] {
  const { now, terms, callers, transactional } = remembered
  const calls: StoreCall[] = [
    { ...strangersClaim(terms, 'copy'), otherContent: true },
    ...callers.map((attempt): StoreCall => {
      const attemptedAt = terms.signed ? timeOfAttempt(attempt) : undefined
      return { operation: 'claim', attempt, attemptedAt }
    }),
    ...[...callers, stranger].flatMap((attempt): StoreCall[] => [
      { operation: 'complete', attempt },
      { operation: 'release', attempt },
      ...(transactional ? [{ operation: 'isCompleted', attempt } as const] : []),
    ]),
    ...(transactional ? callers.map((attempt): StoreCall => ({ operation: 'commit', attempt })) : []),
    strangersClaim(terms, 1),
    { operation: 'forget', attempt: stranger },
  ]
  const probe = (record: ClaimRecord, call: StoreCall, at = now) => {
    const effect = claimContract(record, call, at, terms)
    return { probe: { now: at, call, record, expected: effect.answer }, effect }
  }

  const unchanging: Probe[] = []
  const changing: Probe[] = []
  let { record } = remembered
  for (const call of calls) {
    const next = probe(record, call)
    if (isUnchanged(record, next.effect.record)) {
      unchanging.push(next.probe)
      record = next.effect.record
    } else changing.push(probe(remembered.record, call).probe)
  }
  // Then a claim when the next one would be granted, and one just before: what holds until then, holds in between.
  const lastStep = now + terms.lease + terms.retention
  let grantedAt = now + 1
  while (
    grantedAt < lastStep &&
    !isGranted(probe(recordAt(record, grantedAt), strangersClaim(terms, 2), grantedAt).probe.expected)
  )
    grantedAt++
  for (const at of [grantedAt - 1, grantedAt]) {
    if (at === now) continue
    const next = probe(recordAt(record, at), strangersClaim(terms, at), at)
    unchanging.push(next.probe)
    record = next.effect.record
  }
  return [unchanging, ...changing.map((one) => [one]), ...claimsAroundForgetting(remembered)]
}

/** But for the number of attempts. */
function isUnchanged(before: ClaimRecord, after: ClaimRecord): boolean {
  if (before === undefined || after === undefined || before.state !== after.state) return before === after
  return 'owner' in before && 'owner' in after
    ? before.owner === after.owner &&
        before.retainUntil === after.retainUntil &&
        leaseOf(before) === leaseOf(after)
    : before.retainUntil === after.retainUntil
}

function leaseOf(record: ClaimRecord): number | undefined {
  return record?.state === 'claimed' ? record.leaseUntil : undefined
}

/** The first claim as of an event never seen, and the last before it, each where any claim in between is granted, too. */
function claimsAroundForgetting({ record, now: start, terms }: Remembered): Probe[][] {
  const lastStep = start + terms.lease + terms.retention
  let forgottenAt = start
  while (forgottenAt <= lastStep && recordAt(record, forgottenAt) !== undefined) forgottenAt++
  return [forgottenAt - 1, forgottenAt].flatMap((now) => {
    const left = recordAt(record, now)
    const call = strangersClaim(terms, 1)
    const { answer } = claimContract(left, call, now, terms)
    const probe = { now, call, record: left, expected: answer }
    return isGranted(answer) && now > start ? [[probe]] : []
  })
}

function isGranted(answer: Answer): boolean {
  return typeof answer === 'object' && answer.state === 'claimed'
}
