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
    | 'ended'
  /** When the worker takes its lease to end, reckoned from before it asked. */
  readonly leaseEnd: number
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

export function firstWorld(attempts: number, faults: number): World {
  return {
    now: 0,
    record: undefined,
    attempts: Array.from({ length: attempts }, () => ({ phase: 'waiting', leaseEnd: 0 })),
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
    for (const { operation, attempt } of late) if (attempt === number) part += ` ${operation}`
    return part
  })
  const key = `${faultsLeft} ${past.succeeded} ${past.promised} ${left(past.completedUntil)} ${parts.sort().join()}`
  if (record === undefined) return key
  const known = `${key} ${record.state} ${record.attempts} ${left(record.retainUntil)}`
  return record.state === 'claimed'
    ? `${known} ${left(record.leaseUntil)} ${record.hold} ${record.acked}`
    : known
}
