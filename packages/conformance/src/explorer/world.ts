import type { ClaimRecord, StoreCall } from './claim-contract.js'

/** One delivery of the event, and the worker that handles it. */
export interface Attempt {
  readonly phase:
    | 'waiting'
    | 'claimed'
    | 'running'
    /** Its handler has ended, and the work continues; in `acked`, the sender got 2xx. */
    | 'deferred'
    | 'acked'
    /** Its handler has ended after a transaction, and reported a success or a failure to the receiver. */
    | 'reported-success'
    | 'reported-failure'
    | 'giving-back'
    /** Its handler has succeeded, but the completion failed; the receiver repeats it. */
    | 'completing'
    | 'ended'
  /** When the worker expects its lease to end, counted from before its call. */
  readonly leaseEnd: number
  /** When its delivery was signed, in the order of the sender's attempts. A copy has the time of its original. */
  readonly signedAt: number | undefined
}

/** Everything that matters for what may happen next. Times are in steps of the search's clock. */
export interface World {
  readonly now: number
  /** What the store must remember after the calls so far. */
  readonly record: ClaimRecord
  readonly attempts: readonly Attempt[]
  /** Calls still under way that have timed out for their workers. */
  readonly late: readonly StoreCall[]
  /** How many more calls may fail. */
  readonly faultsLeft: number
  readonly past: Past
}

/** What has happened so far, as seen by an observer of workers and senders who does not see the store. */
export interface Past {
  /** Whether some handler succeeded; with transactions, whether it had its effect. */
  readonly succeeded: boolean
  /** Whether some sender got 2xx without a success: then the event must be kept. */
  readonly promised: boolean
  /** The time until which a confirmed completion must be remembered. */
  readonly completedUntil: number
  /** Attempts whose handler started and that were not released since. */
  readonly open: readonly number[]
}

/** When the sender signs an attempt: each later than the ones before. */
export function attemptTime(number: number): number {
  return number + 1
}

/** The worlds in which the attempt's delivery has arrived: the sender's next one, or a copy of the first. */
export function deliver(world: World, number: number): World[] {
  const times = new Set([attemptTime(number), attemptTime(0)])
  return [...times].map((signedAt) => {
    const attempts = world.attempts.map((attempt, index) =>
      index === number ? { ...attempt, signedAt } : attempt,
    )
    return { ...world, attempts }
  })
}

export function firstWorld(attempts: number, faults: number): World {
  return {
    now: 0,
    record: undefined,
    attempts: Array.from({ length: attempts }, () => ({
      phase: 'waiting',
      leaseEnd: 0,
      signedAt: undefined,
    })),
    late: [],
    faultsLeft: faults,
    past: { succeeded: false, promised: false, completedUntil: 0, open: [] },
  }
}

/**
 * The same text for all worlds with the same future: times are relative to now, past times are 0, and the numbers of attempts do not
 * matter.
 */
export function writeWorldKey({ now, record, attempts, late, faultsLeft, past }: World): string {
  const left = (time: number) => Math.max(0, time - now)
  const owner = record !== undefined && 'owner' in record ? record.owner : undefined
  const parts = attempts.map(({ phase, leaseEnd }, number) => {
    let part = `${phase}${left(leaseEnd)}`
    if (number === owner) part += ' owner'
    if (past.open.includes(number)) part += ' open'
    for (const { operation, attempt, attemptedAt } of late)
      if (attempt === number) part += ` ${operation} ${attemptedAt}`
    return part
  })
  const key = `${countSigned(attempts)} ${faultsLeft} ${past.succeeded} ${past.promised} ${left(past.completedUntil)} ${parts.sort().join()}`
  if (record === undefined) return key
  const known = `${key} ${record.state} ${record.attempts} ${record.attemptedAt} ${left(record.retainUntil)}`
  return record.state === 'claimed'
    ? `${known} ${left(record.leaseUntil)} ${record.hold} ${record.acked}`
    : known
}

/** How many deliveries the sender has signed, without copies. */
export function countSigned(attempts: readonly Attempt[]): number {
  return new Set(attempts.flatMap(({ signedAt }) => signedAt ?? [])).size
}
