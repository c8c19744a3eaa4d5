import { type SettledCount, type SettledRecord, SettledRecords } from './settled-records.js'

/**
 * Two generations of settled records. A record is written to the current one; once all records of the
 * previous one have expired, it is dropped as a whole and the current one takes its place.
 */
export class GenerationalRecords {
  readonly #maxRecords: number
  #current: SettledRecords
  #previous: SettledRecords

  constructor(maxRecords: number) {
    this.#maxRecords = maxRecords
    this.#current = new SettledRecords(maxRecords)
    this.#previous = new SettledRecords(maxRecords)
  }

  get size(): number {
    return this.#current.size + this.#previous.size
  }

  /** Finds a record; one that has expired is removed. */
  find(key: string, now: number): SettledRecord | undefined {
    const record = this.#current.find(key) ?? this.#previous.find(key)
    if (record === undefined || now < record.retainUntil) return record
    this.delete(key)
    return undefined
  }

  /** When a record may be evicted. */
  removableAt(key: string): number | undefined {
    return this.#current.removableAt(key) ?? this.#previous.removableAt(key)
  }

  /** Adds a new record to the current generation. */
  add(key: string, record: SettledRecord, removableAt: number): void {
    this.#current.add(key, record, removableAt)
  }

  /** Includes expired records that are not dropped yet. */
  keys(): string[] {
    return [...this.#current.keys(), ...this.#previous.keys()]
  }

  /** Counts the records that have not expired. */
  countStates(now: number): { readonly free: number; readonly completed: number } {
    const [current, previous] = [this.#current.countStates(now), this.#previous.countStates(now)]
    return { free: current.free + previous.free, completed: current.completed + previous.completed }
  }

  setCount(key: string, count: SettledCount): void {
    this.#current.setCount(key, count)
    this.#previous.setCount(key, count)
  }

  delete(key: string): void {
    this.#current.delete(key)
    this.#previous.delete(key)
  }

  /** When the first record may be evicted; `Infinity` if there is none. */
  get firstRemoval(): number {
    return Math.min(this.#previous.firstRemoval, this.#current.firstRemoval)
  }

  /** Evicts the record that may be evicted first; false if none may be evicted yet. */
  removeOne(now: number): boolean {
    const earlier = this.#previous.firstRemoval <= this.#current.firstRemoval ? this.#previous : this.#current
    if (now < earlier.firstRemoval) return false
    earlier.removeFirst()
    return true
  }

  /** Drops the previous generation if all its records have expired. */
  turn(now: number): void {
    if (now < this.#previous.lastExpiry) return
    this.#previous = now < this.#current.lastExpiry ? this.#current : new SettledRecords(this.#maxRecords)
    this.#current = new SettledRecords(this.#maxRecords)
  }
}
