import { DedupeStoreError } from '../errors.js'
import { unsettledStates } from '../stores/record-states.js'
import { countAttempt } from './count-attempt.js'
import type {
  ClaimRequest,
  ClaimResult,
  CompleteRequest,
  FailRequest,
  OwnedKey,
  ReleaseRequest,
  ReleaseResult,
} from './dedupe-store.js'
import { foldText } from './fold-text.js'
import type { DeliveryRecord, InspectableStore, ListOptions, RecordCounts } from './inspectable-store.js'
import { LapsedClaims } from './lapsed-claims.js'
import { inspectOwned, inspectSettled } from './memory-inspection.js'
import { expiryOf, failRecord, isFailed, isHeld, isLive, type OwnedRecord, stateOf } from './owned-record.js'
import { firstNotes, noteRun } from './record-notes.js'
import { SettledGenerations } from './settled-generations.js'
import { removalOfFree } from './settled-records.js'

/** The operations of the memory store. A key is either among the owned records or among the settled ones. */
export class MemoryRecords implements InspectableStore {
  readonly name = 'memory'
  readonly shared = false
  readonly #maxEntries: number
  readonly #now: () => number
  readonly #owned = new Map<string, OwnedRecord>()
  readonly #settled: SettledGenerations
  readonly #lapsed = new LapsedClaims()
  /** No owned record is forgotten before this time. */
  #firstExpiry = Number.POSITIVE_INFINITY
  #longestRetention = 0
  #dropAt = Number.NEGATIVE_INFINITY

  constructor(maxEntries: number, now: () => number) {
    this.#maxEntries = maxEntries
    this.#now = now
    this.#settled = new SettledGenerations(maxEntries)
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
      const sameFingerprint = settled.completion.fingerprint === foldText(request.fingerprint)
      return { state: 'completed', attempts: counted.attempts, sameFingerprint }
    }
    if (settled) this.#settled.delete(key)
    else this.#requireRoom(now)
    const { runs, copies, event } = settled ?? firstNotes()
    const record: OwnedRecord = {
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

  #reclaim(record: OwnedRecord, request: ClaimRequest, now: number): ClaimResult {
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

  #grant(record: OwnedRecord, request: ClaimRequest, now: number): ClaimResult {
    record.token = request.token
    // A claim sent twice must not shorten what its owner relies on.
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

  #noteTimes(record: OwnedRecord): void {
    this.#firstExpiry = Math.min(this.#firstExpiry, expiryOf(record))
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
    const token = foldText(request.token) >>> 0
    if (settled?.completion) return settled.completion.token === token
    if (settled) this.#settled.delete(key)
    else if (!owned) this.#requireRoom(now)
    const known = owned ?? settled
    const { attempts, attemptedAt } = known ?? countAttempt(undefined, undefined)
    const { runs, copies, event } = known ?? { ...firstNotes(), runs: 1 }
    const retainUntil = Math.max(known?.retainUntil ?? now, now + request.retentionMs)
    const completion = { fingerprint: foldText(request.fingerprint), token }
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
    this.#settled.add(request.key, free, removalOfFree(now))
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
    // The keys of one moment, so that a record which moves meanwhile comes once. Settled ones only where they are asked for.
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
    for (const record of this.#owned.values()) if (now < expiryOf(record)) counts[stateOf(record, now)] += 1
    return counts
  }

  #inspect(key: string, now: number): DeliveryRecord | undefined {
    const owned = this.#findOwned(key, now)
    if (owned) return inspectOwned(key, owned, now)
    const settled = this.#settled.find(key, now)
    const removableAt = this.#settled.removableAt(key) ?? now
    return settled && inspectSettled(key, settled, { removableAt, now })
  }

  #findOwned(key: string, now: number): OwnedRecord | undefined {
    const record = this.#owned.get(key)
    if (record === undefined || now < expiryOf(record)) return record
    this.#owned.delete(key)
    return undefined
  }

  #findOwnedBy({ key, token }: OwnedKey, now: number): OwnedRecord | undefined {
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

  /** First what is free, or cut off, and then what is completed. */
  #removeOne(now: number): boolean {
    const lapsed = this.#lapsed.oldest(this.#owned, now)
    if (lapsed && removalOfFree(lapsed.endedAt) <= this.#settled.firstRemoval)
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
      const expiry = expiryOf(record)
      if (now >= expiry) this.#owned.delete(key)
      else this.#firstExpiry = Math.min(this.#firstExpiry, expiry)
    }
  }
}
