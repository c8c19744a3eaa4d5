import type { AttemptCount } from '../stores/count-attempt.js'
import { ExpiryHeap } from './expiry-heap.js'
import { flattenText } from './flatten-text.js'
import type { RecordNotes } from './record-notes.js'
import { TextPool } from './text-pool.js'

/** A record without an owner: completed, or free with the attempts so far. */
export interface SettledRecord extends AttemptCount, Readonly<RecordNotes> {
  /** When the record expires. */
  readonly retainUntil: number
  /** The hashes of the owner's token and of the content; undefined for a free record. */
  readonly completion: { readonly fingerprint: number; readonly token: number } | undefined
}

/** What a claim changes in a completed record. */
export interface SettledCount extends AttemptCount {
  readonly copies: number
}

const recordBytes = 44
const retainUntilAt = 0
/** NaN means a free record; no hash is NaN. */
const fingerprintAt = 8
/** For a free record: the number of its code. */
const tokenAt = 16
const attemptsAt = 20
/** NaN means no timestamp. */
const attemptedAtAt = 24
const runsAt = 32
const copiesAt = 36
/** The number of the event's name. */
const eventAt = 40

/** Larger than any clock's milliseconds, and small enough to keep fractions of one. */
const longAgo = 1e15

/** When a free record may be evicted: long ago, so that free records are evicted before completed ones, the oldest first. */
export function removalTimeOfFree(freeSince: number): number {
  return freeSince - longAgo
}

/** Since when a free record is free, to an eighth of a millisecond. */
export function freeSince(removableAt: number): number {
  return removableAt + longAgo
}

/**
 * One generation of settled records, dropped as a whole. Numbers in a buffer instead of objects: including the expiry heap,
 * 60 bytes for each record in addition to its key, and nothing for the garbage collector to visit.
 */
export class SettledRecords {
  readonly #slots = new Map<string, number>()
  readonly #keys: string[] = []
  readonly #order = new ExpiryHeap()
  readonly #texts = new TextPool()
  readonly #maxRecords: number
  #records = new DataView(new ArrayBuffer(0))
  #lastExpiry = Number.NEGATIVE_INFINITY

  constructor(maxRecords: number) {
    this.#maxRecords = maxRecords
  }

  get size(): number {
    return this.#slots.size
  }

  /** When all its records have expired. */
  get lastExpiry(): number {
    return this.#lastExpiry
  }

  /** When the first record may be evicted; `Infinity` if there is none. */
  get firstRemoval(): number {
    return this.#order.firstTime
  }

  find(key: string): SettledRecord | undefined {
    const slot = this.#slots.get(key)
    if (slot === undefined) return undefined
    const at = slot * recordBytes
    const fingerprint = this.#records.getFloat64(at + fingerprintAt)
    const attemptedAt = this.#records.getFloat64(at + attemptedAtAt)
    const token = this.#records.getUint32(at + tokenAt)
    const isFree = Number.isNaN(fingerprint)
    return {
      attempts: this.#records.getUint32(at + attemptsAt),
      attemptedAt: Number.isNaN(attemptedAt) ? undefined : attemptedAt,
      retainUntil: this.#records.getFloat64(at + retainUntilAt),
      completion: isFree ? undefined : { fingerprint, token },
      runs: this.#records.getUint32(at + runsAt),
      copies: this.#records.getUint32(at + copiesAt),
      event: this.#texts.read(this.#records.getUint32(at + eventAt)),
      code: isFree ? this.#texts.read(token) : undefined,
    }
  }

  /** When the record may be evicted; undefined if there is none. */
  removableAt(key: string): number | undefined {
    const slot = this.#slots.get(key)
    return slot === undefined ? undefined : this.#order.timeOf(slot)
  }

  /** Adds a new record, which may be evicted from `removableAt` on. */
  add(key: string, record: SettledRecord, removableAt: number): void {
    if (this.#order.size === this.#order.capacity) this.#grow()
    const slot = this.#order.add(removableAt)
    const at = slot * recordBytes
    this.#records.setFloat64(at + retainUntilAt, record.retainUntil)
    this.#records.setFloat64(at + fingerprintAt, record.completion?.fingerprint ?? Number.NaN)
    this.#records.setUint32(at + tokenAt, record.completion?.token ?? this.#texts.acquire(record.code))
    this.#records.setUint32(at + runsAt, record.runs)
    this.#records.setUint32(at + eventAt, this.#texts.acquire(record.event))
    this.#writeCount(slot, record)
    const kept = flattenText(key)
    this.#keys[slot] = kept
    this.#slots.set(kept, slot)
    this.#lastExpiry = Math.max(this.#lastExpiry, record.retainUntil)
  }

  keys(): Iterable<string> {
    return this.#slots.keys()
  }

  /** Counts the records that have not expired. */
  countStates(now: number): { readonly free: number; readonly completed: number } {
    const counts = { free: 0, completed: 0 }
    for (const slot of this.#slots.values()) {
      const at = slot * recordBytes
      if (now >= this.#records.getFloat64(at + retainUntilAt)) continue
      counts[Number.isNaN(this.#records.getFloat64(at + fingerprintAt)) ? 'free' : 'completed'] += 1
    }
    return counts
  }

  setCount(key: string, count: SettledCount): void {
    const slot = this.#slots.get(key)
    if (slot !== undefined) this.#writeCount(slot, count)
  }

  #writeCount(slot: number, { attempts, attemptedAt, copies }: SettledCount): void {
    const at = slot * recordBytes
    this.#records.setUint32(at + copiesAt, copies)
    this.#records.setUint32(at + attemptsAt, attempts)
    this.#records.setFloat64(at + attemptedAtAt, attemptedAt ?? Number.NaN)
  }

  delete(key: string): void {
    const slot = this.#slots.get(key)
    if (slot !== undefined) this.#remove(key, slot)
  }

  /** Evicts the record that may be evicted first. */
  removeFirst(): void {
    const slot = this.#order.firstSlot
    const key = slot === undefined ? undefined : this.#keys[slot]
    if (slot !== undefined && key !== undefined) this.#remove(key, slot)
  }

  #remove(key: string, slot: number): void {
    const at = slot * recordBytes
    const isFree = Number.isNaN(this.#records.getFloat64(at + fingerprintAt))
    if (isFree) this.#texts.release(this.#records.getUint32(at + tokenAt))
    this.#texts.release(this.#records.getUint32(at + eventAt))
    this.#slots.delete(key)
    this.#keys[slot] = ''
    this.#order.remove(slot)
  }

  /** Grows by a quarter: doubling would leave half of the memory unused. */
  #grow(): void {
    const used = this.#order.capacity
    const capacity = Math.min(this.#maxRecords, used + Math.max(64, used >> 2))
    const records = new Uint8Array(capacity * recordBytes)
    records.set(new Uint8Array(this.#records.buffer))
    this.#records = new DataView(records.buffer)
    this.#order.grow(capacity)
  }
}
