import { DedupeStoreError } from '../errors.js'
import { countAttempt } from '../stores/count-attempt.js'
import type {
  ClaimRequest,
  ClaimResult,
  CompleteRequest,
  FailRequest,
  OwnedKey,
  ReleaseRequest,
  ReleaseResult,
} from '../stores/dedupe-store.js'
import type {
  DeliveryRecord,
  InspectableStore,
  ListOptions,
  RecordCounts,
} from '../stores/inspectable-store.js'
import { unsettledStates } from '../stores/record-states.js'
import {
  type ClaimedRecord,
  computeExpiry,
  failRecord,
  isFailed,
  isHeld,
  isLive,
  readState,
} from './claimed-record.js'
import { GenerationalRecords } from './generational-records.js'
import { hashText53 } from './hash-text-53.js'
import { inspectClaimed, inspectSettled } from './inspect-record.js'
import { LapsedClaims } from './lapsed-claims.js'
import { firstNotes, noteRun } from './record-notes.js'
import { removalTimeOfFree } from './settled-records.js'

/** The operations of the memory store. A key is either in the claimed records or in the settled ones. */
export class MemoryRecords implements InspectableStore {
  readonly name = 'memory'
  readonly shared = false
  readonly #maxEntries: number
  readonly #now: () => number
  readonly #owned = new Map<string, ClaimedRecord>()
  readonly #settled: GenerationalRecords
  readonly #lapsed = new LapsedClaims()
  /** No claimed record expires before this time. */
  #firstExpiry = Number.POSITIVE_INFINITY
  #longestRetention = 0
  #dropAt = Number.NEGATIVE_INFINITY

  constructor(maxEntries: number, now: () => number) {
    this.#maxEntries = maxEntries
    this.#now = now
    this.#settled = new GenerationalRecords(maxEntries)
  }

  get size(): number {
    return this.#owned.size + this.#settled.size
  }

  claim(request: ClaimRequest): ClaimResult {
    const now = this.#now()
    this.#dropForgotten(now, request.retentionMs)
    const { key } = request
    const owned = this.#findOwned(key, now)
    if (owned) return this.#reclaim(owned, request, now)
    const settled = this.#settled.find(key, now)
    const counted = countAttempt(settled, request.attemptedAt)
    if (settled?.completion) {
      this.#settled.setCount(key, { ...counted, copies: settled.copies + 1 })
      const sameFingerprint = settled.completion.fingerprint === hashText53(request.fingerprint)
      return { state: 'completed', attempts: counted.attempts, sameFingerprint }
    }
    if (settled) this.#settled.delete(key)
    else this.#requireRoom(now)
    const { runs, copies, event } = settled ?? firstNotes()
    const record: ClaimedRecord = {
      token: request.token,
      runs,
      copies,
      event,
      code: undefined,
      attempts: counted.attempts,
      attemptedAt: counted.attemptedAt,
      leaseUntil: now,
      retainUntil: settled?.retainUntil ?? now,
      hold: false,
      acked: false,
    }
    noteRun(record, request.event)
    this.#owned.set(key, record)
    return this.#grant(record, request, now)
  }

  #reclaim(record: ClaimedRecord, request: ClaimRequest, now: number): ClaimResult {
    const held = isHeld(record, now)
    if (record.token === request.token && !held) return this.#grant(record, request, now)
    if (isLive(record, now)) {
      const retryAfterMs = Math.ceil(record.leaseUntil - now)
      return { state: 'in-progress', attempts: record.attempts, retryAfterMs }
    }
    const { attempts } = Object.assign(record, countAttempt(record, request.attemptedAt))
    if (isFailed(record) || held) {
      record.copies += 1
      return { state: held ? 'held' : 'failed', attempts }
    }
    noteRun(record, request.event)
    return this.#grant(record, request, now)
  }

  #grant(record: ClaimedRecord, request: ClaimRequest, now: number): ClaimResult {
    record.token = request.token
    // A repeated claim must not shorten the lease that its owner relies on.
    record.leaseUntil = Math.max(record.leaseUntil, now + request.leaseMs)
    record.retainUntil = Math.max(record.retainUntil, now + request.retentionMs)
    record.hold = request.hold
    this.#noteTimes(record)
    return { state: 'claimed', attempts: record.attempts }
  }

  extend(request: OwnedKey & { readonly leaseMs: number }): boolean {
    const now = this.#now()
    const record = this.#findOwnedBy(request, now)
    if (!record || isHeld(record, now)) return false
    record.leaseUntil = now + request.leaseMs
    this.#noteTimes(record)
    return true
  }

  #noteTimes(record: ClaimedRecord): void {
    this.#firstExpiry = Math.min(this.#firstExpiry, computeExpiry(record))
    this.#lapsed.noteLease(record)
  }

  acknowledge(request: OwnedKey): boolean {
    const now = this.#now()
    const record = this.#findOwnedBy(request, now)
    if (!record || isHeld(record, now)) return false
    record.acked = true
    return true
  }

  complete(request: CompleteRequest): boolean {
    const now = this.#now()
    this.#dropForgotten(now, request.retentionMs)
    const { key } = request
    const owned = this.#findOwned(key, now)
    if (owned && owned.token !== request.token) return false
    const settled = owned ? undefined : this.#settled.find(key, now)
    const token = hashText53(request.token) >>> 0
    if (settled?.completion) return settled.completion.token === token
    if (settled) this.#settled.delete(key)
    else if (!owned) this.#requireRoom(now)
    const known = owned ?? settled
    const { attempts, attemptedAt } = known ?? countAttempt(undefined, undefined)
    const { runs, copies, event } = known ?? { ...firstNotes(), runs: 1 }
    const retainUntil = Math.max(known?.retainUntil ?? now, now + request.retentionMs)
    const completion = { fingerprint: hashText53(request.fingerprint), token }
    const removableAt = Math.min(retainUntil, now + request.acceptanceMs)
    const record = { attempts, attemptedAt, retainUntil, completion, runs, copies, event, code: undefined }
    this.#settled.add(key, record, removableAt)
    this.#owned.delete(key)
    return true
  }

  release(request: ReleaseRequest): ReleaseResult {
    const now = this.#now()
    const record = this.#findOwnedBy(request, now)
    if (!record) return 'lost'
    const { attempts, attemptedAt, retainUntil, runs, copies, event } = record
    const code = request.code || undefined
    if (record.acked || attempts >= (request.failFromAttempts ?? Number.POSITIVE_INFINITY)) {
      failRecord(record, now, code)
      return 'failed'
    }
    const free = { attempts, attemptedAt, retainUntil, completion: undefined, runs, copies, event, code }
    this.#settled.add(request.key, free, removalTimeOfFree(now))
    this.#owned.delete(request.key)
    return 'released'
  }

  fail(request: FailRequest): boolean {
    const now = this.#now()
    const record = this.#findOwnedBy(request, now)
    if (!record) return false
    failRecord(record, now, request.code)
    return true
  }

  forget({ key, force }: { readonly key: string; readonly force?: boolean }): boolean {
    const now = this.#now()
    const owned = this.#findOwned(key, now)
    if (owned && isLive(owned, now) && !force) return false
    if (owned) return this.#owned.delete(key)
    if (!this.#settled.find(key, now)) return false
    this.#settled.delete(key)
    return true
  }

  async *list({ states = unsettledStates }: ListOptions = {}): AsyncGenerator<DeliveryRecord, void> {
    const wanted = new Set(states)
    // A snapshot of the keys, so that a record that moves during the iteration is listed once. Settled ones only on request.
    const settled = wanted.has('free') || wanted.has('completed') ? this.#settled.keys() : []
    for (const key of [...this.#owned.keys(), ...settled]) {
      const record = this.#inspect(key, this.#now())
      if (record && wanted.has(record.state)) yield record
    }
  }

  count(): RecordCounts {
    const now = this.#now()
    const counts = {
      claimed: 0,
      acked: 0,
      orphaned: 0,
      held: 0,
      failed: 0,
      ...this.#settled.countStates(now),
    }
    for (const record of this.#owned.values())
      if (now < computeExpiry(record)) counts[readState(record, now)] += 1
    return counts
  }

  #inspect(key: string, now: number): DeliveryRecord | undefined {
    const owned = this.#findOwned(key, now)
    if (owned) return inspectClaimed(key, owned, now)
    const settled = this.#settled.find(key, now)
    const removableAt = this.#settled.removableAt(key) ?? now
    return settled && inspectSettled(key, settled, { removableAt, now })
  }

  #findOwned(key: string, now: number): ClaimedRecord | undefined {
    const record = this.#owned.get(key)
    if (record === undefined || now < computeExpiry(record)) return record
    this.#owned.delete(key)
    return undefined
  }

  #findOwnedBy({ key, token }: OwnedKey, now: number): ClaimedRecord | undefined {
    const record = this.#findOwned(key, now)
    return record?.token === token ? record : undefined
  }

  #requireRoom(now: number): void {
    if (this.size < this.#maxEntries) return
    if (now >= this.#firstExpiry) this.#dropExpiredClaims(now)
    if (this.size < this.#maxEntries || this.#removeOne(now)) return
    throw new DedupeStoreError(
      'ERR_WEBHOOK_STORE_FULL',
      `The memory store holds its maxEntries of ${this.#maxEntries} records and may drop none: they are claimed, ` +
        'failed, held or acked, or so new that a replay would still be accepted. ' +
        'Raise maxEntries, forget the failed and held events you have dealt with, or use a store outside the process.',
    )
  }

  /** Evicts a free or cut-off record first, and then a completed one. */
  #removeOne(now: number): boolean {
    const lapsed = this.#lapsed.oldest(this.#owned, now)
    if (lapsed && removalTimeOfFree(lapsed.endedAt) <= this.#settled.firstRemoval)
      return this.#owned.delete(lapsed.key)
    return this.#settled.removeOne(now)
  }

  #dropForgotten(now: number, retentionMs: number): void {
    this.#longestRetention = Math.max(this.#longestRetention, retentionMs)
    if (now < this.#dropAt) return
    this.#dropAt = now + this.#longestRetention
    this.#settled.turn(now)
    this.#dropExpiredClaims(now)
  }

  #dropExpiredClaims(now: number): void {
    this.#firstExpiry = Number.POSITIVE_INFINITY
    for (const [key, record] of this.#owned) {
      const expiry = computeExpiry(record)
      if (now >= expiry) this.#owned.delete(key)
      else this.#firstExpiry = Math.min(this.#firstExpiry, expiry)
    }
  }
}
