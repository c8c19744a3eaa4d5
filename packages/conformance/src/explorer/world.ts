import type { ClaimRecord, StoreCall } from './claim-contract.js'

/** One delivery of the event, and the worker that got it. */
export interface Attempt {
  readonly phase:
    | 'waiting'
    | 'claimed'
    | 'running'
    /** Its handler has ended, and the work goes on; `acked` says what the sender was told. */
    | 'deferred'
    | 'acked'
    /** Its handler has ended, after a transaction: for the receiver, well or not. */
    | 'reported-success'
    | 'reported-failure'
    | 'giving-back'
    /** Its handler has succeeded, and the store failed at the completion, which the receiver repeats. */
    | 'completing'
    | 'ended'
  /** When the worker takes its lease to end, reckoned from before it asked. */
  readonly leaseEnd: number
  /** When its delivery was signed, in the order of the sender's attempts. A copy has the time of what it is a copy of. */
  readonly signedAt: number | undefined
}

/** All that matters for what may happen next. Times in steps of the search's clock. */
export interface World {
  readonly now: number
  /** What the calls so far oblige the store to remember. */
  readonly record: ClaimRecord
  readonly attempts: readonly Attempt[]
  /** Calls still under way that their workers have given up. */
  readonly late: readonly StoreCall[]
  /** How many more calls may go wrong. */
  readonly faultsLeft: number
  readonly past: Past
}

/** What has happened so far, as an onlooker would note it who sees workers and senders but no store. */
export interface Past {
  /** Some handler came to a good end; in a transaction: had its effect. */
  readonly succeeded: boolean
  /** Some sender was told 2xx without that: the event must be kept. */
  readonly promised: boolean
  /** Until when a completion that the store confirmed must be remembered. */
  readonly completedUntil: number
  /** Attempts whose handler started and which were not released since. */
  readonly open: readonly number[]
}

/** When the sender signs an attempt: each later than all before. */
export function timeOfAttempt(number: number): number {
  return number + 1
}

/** The worlds in which the attempt's delivery has come: the sender's next one, or somebody's copy of the first. */
export function deliver(world: World, number: number): World[] {
  const times = new Set([timeOfAttempt(number), timeOfAttempt(0)])
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
 * The same text for all worlds that go on alike: times count from now, what is over is over, and which attempt has
 * which number does not matter.
 */
export function keyOf({ now, record, attempts, late, faultsLeft, past }: World): string {
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

/** How many deliveries its sender has signed: copies are none. */
export function countSigned(attempts: readonly Attempt[]): number {
  return new Set(attempts.flatMap(({ signedAt }) => signedAt ?? [])).size
}
