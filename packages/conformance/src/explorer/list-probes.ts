import {
  type Answer,
  type ClaimRecord,
  claimContract,
  recordAt,
  type StoreCall,
  type Terms,
} from './claim-contract.js'
import { attemptTime } from './world.js'

/** A call that shows what a store remembers, and what the contract requires as an answer. */
export interface Probe {
  readonly now: number
  readonly call: StoreCall
  /** What the store should remember at that time. */
  readonly record: ClaimRecord
  readonly expected: Answer
}

/** What is remembered after a history, and which attempts may call next. */
export interface Remembered {
  readonly record: ClaimRecord
  readonly now: number
  readonly terms: Terms
  /** Whether to probe commits, too. */
  readonly transactional: boolean
  /** The attempts that made calls for the event. */
  readonly callers: readonly number[]
}

/** The number of a new attempt, which never had the event. */
const stranger = -1

/** A claim of a new attempt. With signed times it is a later attempt of the sender, or a copy of its first one. */
function newClaim({ signed }: Terms, later: number | 'copy'): StoreCall {
  const signedAt = later === 'copy' ? attemptTime(0) : attemptTime(1_000 + later)
  return { operation: 'claim', attempt: stranger, attemptedAt: signed ? signedAt : undefined }
}

/**
 * Lists the probes that show whether a store remembers exactly what the contract requires, one series for each copy of a record:
 * claims, completions and releases by every attempt that had the event, and new claims until all leases and retentions are over.
 * Calls that must change nothing share one copy, one after the other; claims in between show whether they did.
 */
export function listProbes(remembered: Remembered): readonly (readonly Probe[])[] {
  const { now, terms, callers, transactional } = remembered
  const calls: StoreCall[] = [
    { ...newClaim(terms, 'copy'), otherContent: true },
    ...callers.map((attempt): StoreCall => {
      const attemptedAt = terms.signed ? attemptTime(attempt) : undefined
      return { operation: 'claim', attempt, attemptedAt }
    }),
    ...[...callers, stranger].flatMap((attempt): StoreCall[] => [
      { operation: 'complete', attempt },
      { operation: 'release', attempt },
      ...(transactional ? [{ operation: 'isCompleted', attempt } as const] : []),
    ]),
    ...(transactional ? callers.map((attempt): StoreCall => ({ operation: 'commit', attempt })) : []),
    newClaim(terms, 1),
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
  // Then a claim at the time when one is granted, and one just before: no time in between can differ.
  const lastStep = now + terms.lease + terms.retention
  let grantedAt = now + 1
  while (
    grantedAt < lastStep &&
    !isGranted(probe(recordAt(record, grantedAt), newClaim(terms, 2), grantedAt).probe.expected)
  )
    grantedAt++
  for (const at of [grantedAt - 1, grantedAt]) {
    if (at === now) continue
    const next = probe(recordAt(record, at), newClaim(terms, at), at)
    unchanging.push(next.probe)
    record = next.effect.record
  }
  return [unchanging, ...changing.map((one) => [one]), ...claimsAroundForgetting(remembered)]
}

/** Whether the records differ only in the number of attempts. */
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

/** The first claim after the record is forgotten, and the last before, each only if it would be granted. */
function claimsAroundForgetting({ record, now: start, terms }: Remembered): Probe[][] {
  const lastStep = start + terms.lease + terms.retention
  let forgottenAt = start
  while (forgottenAt <= lastStep && recordAt(record, forgottenAt) !== undefined) forgottenAt++
  return [forgottenAt - 1, forgottenAt].flatMap((now) => {
    const left = recordAt(record, now)
    const call = newClaim(terms, 1)
    const { answer } = claimContract(left, call, now, terms)
    const probe = { now, call, record: left, expected: answer }
    return isGranted(answer) && now > start ? [[probe]] : []
  })
}

function isGranted(answer: Answer): boolean {
  return typeof answer === 'object' && answer.state === 'claimed'
}
