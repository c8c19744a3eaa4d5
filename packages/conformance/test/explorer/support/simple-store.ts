import {
  type ClaimRequest,
  type ClaimResult,
  type CompleteRequest,
  type DedupeStore,
  DedupeStoreError,
  type FailRequest,
  type OwnedKey,
  type ReleaseRequest,
  type ReleaseResult,
} from '@countersign/core'
import type { SearchClock } from '../../../src/explorer/explore-claims.js'

export interface SimpleRecord {
  state: 'free' | 'claimed' | 'completed' | 'failed'
  token: string
  attempts: number
  attemptedAt: number | undefined
  /** Once it failed: when. */
  leaseUntil: number
  retainUntil: number
  hold: boolean
  acked: boolean
  fingerprint: string
  runs: number
  copies: number
  event: string | undefined
  code: string | undefined
}

/** The contract once more, as short as it can be said. What it gets wrong in a test is overridden there. */
export class SimpleStore implements DedupeStore {
  readonly name = 'simple'
  readonly shared: boolean = false
  protected readonly records: Map<string, SimpleRecord>
  readonly #clock: SearchClock

  constructor(clock: SearchClock, records = new Map<string, SimpleRecord>()) {
    this.#clock = clock
    this.records = records
  }

  protected get now(): number {
    return this.checkTime(this.#clock.monotonic())
  }

  protected checkTime(time: number): number {
    if (Number.isFinite(time)) return time
    throw new DedupeStoreError(
      'ERR_WEBHOOK_STORE_UNAVAILABLE',
      `The clock of the ${this.name} store is broken`,
    )
  }

  protected find(key: string): SimpleRecord | undefined {
    const record = this.records.get(key)
    return record && this.isForgotten(record) ? undefined : record
  }

  protected isForgotten(record: SimpleRecord): boolean {
    const isClaimed = record.state === 'claimed'
    if (record.state === 'failed' || (isClaimed && (record.hold || record.acked))) return false
    return this.now >= Math.max(record.retainUntil, isClaimed ? record.leaseUntil : 0)
  }

  protected isLive(record: SimpleRecord): boolean {
    return record.state === 'claimed' && this.now < record.leaseUntil
  }

  protected isHeld(record: SimpleRecord): boolean {
    return record.state === 'claimed' && record.hold && !this.isLive(record)
  }

  protected isOwned(record: SimpleRecord | undefined, token: string): record is SimpleRecord {
    return record?.state === 'claimed' && record.token === token
  }

  claim(request: ClaimRequest): ClaimResult {
    const known = this.find(request.key)
    if (this.isOwned(known, request.token) && !this.isHeld(known)) return this.grant(request, known, 0)
    if (known && this.isLive(known)) {
      const retryAfterMs = Math.ceil(known.leaseUntil - this.now)
      return { state: 'in-progress', attempts: known.attempts, retryAfterMs }
    }
    if (known) this.countAttempt(known, request.attemptedAt)
    if (!known || known.state === 'free') return this.grant(request, known)
    const { attempts, state, fingerprint } = known
    if (state === 'completed' || state === 'failed' || this.isHeld(known)) known.copies++
    if (state === 'completed')
      return { state, attempts, sameFingerprint: fingerprint === request.fingerprint }
    if (state === 'failed') return { state, attempts }
    if (this.isHeld(known)) return { state: 'held', attempts }
    return this.grant(request, known)
  }

  protected countAttempt(record: SimpleRecord, attemptedAt: number | undefined): void {
    if (attemptedAt !== undefined && record.attemptedAt !== undefined && attemptedAt <= record.attemptedAt)
      return
    record.attempts++
    record.attemptedAt = attemptedAt ?? record.attemptedAt
  }

  protected grant(request: ClaimRequest, known: SimpleRecord | undefined, runs = 1): ClaimResult {
    const { key, token, fingerprint, hold } = request
    const attempts = known?.attempts ?? 1
    this.records.set(key, {
      state: 'claimed',
      token,
      attempts,
      attemptedAt: known ? known.attemptedAt : request.attemptedAt,
      leaseUntil: Math.max(known?.state === 'claimed' ? known.leaseUntil : 0, this.now + request.leaseMs),
      retainUntil: Math.max(known?.retainUntil ?? 0, this.now + request.retentionMs),
      hold,
      acked: known?.acked ?? false,
      fingerprint,
      runs: (known?.runs ?? 0) + runs,
      copies: known?.copies ?? 0,
      event: request.event || known?.event,
      code: undefined,
    })
    return { state: 'claimed', attempts }
  }

  extend({ key, token, leaseMs }: OwnedKey & { readonly leaseMs: number }): boolean {
    const record = this.find(key)
    if (!this.isOwned(record, token) || this.isHeld(record)) return false
    record.leaseUntil = this.now + leaseMs
    return true
  }

  acknowledge({ key, token }: OwnedKey): boolean {
    const record = this.find(key)
    if (!this.isOwned(record, token) || this.isHeld(record)) return false
    record.acked = true
    return true
  }

  complete({ key, token, fingerprint, retentionMs }: CompleteRequest): boolean {
    const known = this.find(key)
    if (known?.state === 'failed' || (known?.state === 'claimed' && known.token !== token)) return false
    if (known?.state === 'completed') return known.token === token
    this.records.set(key, {
      state: 'completed',
      token,
      attempts: known?.attempts ?? 1,
      attemptedAt: known?.attemptedAt,
      leaseUntil: 0,
      retainUntil: Math.max(known?.retainUntil ?? 0, this.now + retentionMs),
      hold: false,
      acked: false,
      fingerprint,
      runs: known?.runs ?? 1,
      copies: known?.copies ?? 0,
      event: known?.event,
      code: undefined,
    })
    return true
  }

  release({ key, token, failFromAttempts, code }: ReleaseRequest): ReleaseResult {
    const record = this.find(key)
    if (!this.isOwned(record, token)) return 'lost'
    const isFailed = record.acked || record.attempts >= (failFromAttempts ?? Number.POSITIVE_INFINITY)
    record.state = isFailed ? 'failed' : 'free'
    record.leaseUntil = this.now
    record.code = code || undefined
    return isFailed ? 'failed' : 'released'
  }

  fail({ key, token, code }: FailRequest): boolean {
    const record = this.find(key)
    if (!this.isOwned(record, token)) return false
    record.state = 'failed'
    record.leaseUntil = this.now
    record.code = code || undefined
    return true
  }

  forget({ key, force }: { readonly key: string; readonly force?: boolean }): boolean {
    const record = this.find(key)
    if (!record || (this.isLive(record) && !force)) return false
    return this.records.delete(key)
  }
}
