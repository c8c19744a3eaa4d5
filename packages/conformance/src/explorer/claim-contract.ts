import type { ClaimResult, ReleaseResult } from '@countersign/core'

/** What all calls of a search have in common. Times in steps of its clock. */
export interface Terms {
  readonly lease: number
  readonly retention: number
  readonly hold: boolean
  /** The sender signs the time of each attempt, and somebody may send copies of the first one. */
  readonly signed: boolean
}

/** One call of an attempt, which is named by its number; its token follows from that. */
export interface StoreCall {
  readonly operation:
    | 'claim'
    | 'extend'
    | 'acknowledge'
    | 'complete'
    | 'release'
    | 'fail'
    | 'forget'
    /** Effect and completion in one transaction; refused, it is rolled back. */
    | 'commit'
    | 'isCompleted'
  readonly attempt: number
  /** For a release. */
  readonly failFromAttempts?: number
  /** For a claim: of another body under the same id. */
  readonly otherContent?: boolean
  /** For a claim: when its delivery was signed; any numbers in the order of the sender's attempts. */
  readonly attemptedAt?: number | undefined
}

/** What the contract has a store answer; `undefined` where it leaves that open. */
export type Answer = boolean | ReleaseResult | ClaimAnswer | undefined

export interface ClaimAnswer {
  readonly state: ClaimResult['state']
  readonly attempts: number | undefined
  /** For how many steps it is in progress at the most. */
  readonly wait?: number
}

/** What the contract makes a store remember of one key; `undefined` is never seen, or forgotten. */
export type ClaimRecord =
  | {
      readonly state: 'claimed'
      readonly owner: number
      readonly attempts: number
      /** The latest signed time that was counted. */
      readonly attemptedAt: number | undefined
      readonly leaseUntil: number
      readonly retainUntil: number
      readonly hold: boolean
      readonly acked: boolean
    }
  | {
      readonly state: 'free'
      readonly attempts: number
      readonly attemptedAt: number | undefined
      readonly retainUntil: number
    }
  | {
      readonly state: 'completed'
      readonly owner: number
      /** Undefined where it was completed after it had been forgotten. */
      readonly attempts: number | undefined
      readonly attemptedAt: number | undefined
      readonly retainUntil: number
    }
  | {
      readonly state: 'failed'
      readonly attempts: number
      readonly attemptedAt: number | undefined
      readonly retainUntil: number
    }
  | undefined

export interface Effect {
  readonly record: ClaimRecord
  readonly answer: Answer
}

/** What a call does and what it answers. */
export type Contract = (record: ClaimRecord, call: StoreCall, now: number, terms: Terms) => Effect

/** Whether a call other than a claim had an effect, by its answer. */
export function isPositive(answer: unknown): boolean {
  return answer === true || answer === 'released' || answer === 'failed'
}

/** The record at a later time: forgotten, or as it was. */
export function recordAt(record: ClaimRecord, now: number): ClaimRecord {
  if (record === undefined || now < record.retainUntil) return record
  if (record.state === 'claimed' && (record.hold || record.acked || now < record.leaseUntil)) return record
  return undefined
}

/** The contract of `DedupeStore` in the plainest form: what any store must do, call by call. */
export const claimContract: Contract = (known, call, now, terms) => {
  const record = recordAt(known, now)
  switch (call.operation) {
    case 'claim':
      return claim(record, call, now, terms)
    case 'complete':
      return complete(record, call.attempt, now, terms)
    case 'commit':
      return commit(record, call.attempt, now, terms)
    case 'isCompleted':
      return { record, answer: record?.state === 'completed' && record.owner === call.attempt }
    case 'forget': {
      const isLive = record?.state === 'claimed' && now < record.leaseUntil
      return isLive ? { record, answer: false } : { record: undefined, answer: record !== undefined }
    }
    default:
      return settle(record, call, now, terms)
  }
}

function claim(
  record: ClaimRecord,
  { attempt: owner, attemptedAt }: StoreCall,
  now: number,
  terms: Terms,
): Effect {
  if (record === undefined) return grant({ attempts: 1, attemptedAt }, owner, now, terms)
  const isLive = record.state === 'claimed' && now < record.leaseUntil
  const isHeld = record.state === 'claimed' && record.hold && !isLive
  if (record.state === 'claimed' && record.owner === owner && !isHeld) return grant(record, owner, now, terms)
  if (isLive) {
    const { attempts, leaseUntil } = record
    return { record, answer: { state: 'in-progress', attempts, wait: leaseUntil - now } }
  }
  const { attemptedAt: latest } = record
  const isCopy = attemptedAt !== undefined && latest !== undefined && attemptedAt <= latest
  const counted: Exclude<ClaimRecord, undefined> = isCopy ? record : another(record, attemptedAt)
  const { attempts } = counted
  if (counted.state === 'completed') return { record: counted, answer: { state: 'completed', attempts } }
  if (counted.state === 'failed') return { record: counted, answer: { state: 'failed', attempts } }
  if (isHeld) return { record: counted, answer: { state: 'held', attempts } }
  return grant(counted, owner, now, terms)
}

function another<T extends Exclude<ClaimRecord, undefined>>(record: T, attemptedAt: number | undefined): T {
  const attempts = record.attempts === undefined ? undefined : record.attempts + 1
  return { ...record, attempts, attemptedAt: attemptedAt ?? record.attemptedAt }
}

type Claimable = {
  readonly attempts: number
  readonly attemptedAt: number | undefined
  readonly acked?: boolean
  readonly leaseUntil?: number
  readonly retainUntil?: number
}

function grant(record: Claimable, owner: number, now: number, terms: Terms): Effect {
  const { attempts, attemptedAt, acked = false, leaseUntil = 0, retainUntil = 0 } = record
  return {
    record: {
      state: 'claimed',
      owner,
      attempts,
      attemptedAt,
      leaseUntil: Math.max(leaseUntil, now + terms.lease),
      retainUntil: Math.max(retainUntil, now + terms.retention),
      hold: terms.hold,
      acked,
    },
    answer: { state: 'claimed', attempts },
  }
}

function complete(record: ClaimRecord, owner: number, now: number, terms: Terms): Effect {
  if (record?.state === 'failed') return { record, answer: false }
  if (record?.state === 'claimed' && record.owner !== owner) return { record, answer: false }
  // A second completion by somebody else tells of a repetition or not: both are in order.
  if (record?.state === 'completed') return { record, answer: record.owner === owner ? true : undefined }
  const retainUntil = Math.max(record?.retainUntil ?? 0, now + terms.retention)
  const { attempts, attemptedAt } = record ?? {}
  return { record: { state: 'completed', owner, attempts, attemptedAt, retainUntil }, answer: true }
}

/** Unlike a plain completion, it needs a claim of its own: what is rolled back with it can be done again. */
function commit(record: ClaimRecord, owner: number, now: number, terms: Terms): Effect {
  if (record?.state !== 'claimed' || record.owner !== owner) return { record, answer: false }
  return complete(record, owner, now, terms)
}

/** The calls that need a claim of their own. */
function settle(record: ClaimRecord, call: StoreCall, now: number, terms: Terms): Effect {
  const { operation, attempt, failFromAttempts = Number.POSITIVE_INFINITY } = call
  if (record?.state !== 'claimed' || record.owner !== attempt)
    return { record, answer: operation === 'release' ? 'lost' : false }
  const { attempts, attemptedAt, retainUntil } = record
  const failed = { state: 'failed', attempts, attemptedAt, retainUntil: Number.POSITIVE_INFINITY } as const
  const isHeld = record.hold && now >= record.leaseUntil
  switch (operation) {
    case 'extend':
      return isHeld
        ? { record, answer: false }
        : { record: { ...record, leaseUntil: now + terms.lease }, answer: true }
    case 'acknowledge':
      return isHeld ? { record, answer: false } : { record: { ...record, acked: true }, answer: true }
    case 'fail':
      return { record: failed, answer: true }
    default:
      if (record.acked || attempts >= failFromAttempts) return { record: failed, answer: 'failed' }
      return {
        record: recordAt({ state: 'free', attempts, attemptedAt, retainUntil }, now),
        answer: 'released',
      }
  }
}
