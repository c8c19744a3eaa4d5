import { type ClaimedRecord, isFailed } from './claimed-record.js'

/** A claim whose lease has ended, and when that was. */
export interface LapsedClaim {
  readonly key: string
  readonly endedAt: number
}

/**
 * The claims whose lease has ended and that are open to the next one who asks, oldest first. They are found by looking
 * through all records, which a store does only while it is full, and only when a lease may have ended since the last time.
 */
export class LapsedClaims {
  /** The oldest is the last. */
  #found: LapsedClaim[] = []
  /** No lease ends before this time, but for those found. */
  #nextEnd = Number.POSITIVE_INFINITY

  /** Whenever the end of a lease was set. */
  noteLease({ leaseUntil }: ClaimedRecord): void {
    this.#nextEnd = Math.min(this.#nextEnd, leaseUntil)
  }

  oldest(records: ReadonlyMap<string, ClaimedRecord>, now: number): LapsedClaim | undefined {
    return this.#oldestFound(records) ?? (now < this.#nextEnd ? undefined : this.#look(records, now))
  }

  #oldestFound(records: ReadonlyMap<string, ClaimedRecord>): LapsedClaim | undefined {
    for (; this.#found.length > 0; this.#found.pop()) {
      const found = this.#found.at(-1)
      const record = found && records.get(found.key)
      if (record && isOpen(record) && record.leaseUntil === found.endedAt) return found
    }
    return undefined
  }

  #look(records: ReadonlyMap<string, ClaimedRecord>, now: number): LapsedClaim | undefined {
    this.#nextEnd = Number.POSITIVE_INFINITY
    for (const [key, record] of records) {
      if (!isOpen(record)) continue
      if (now < record.leaseUntil) this.noteLease(record)
      else this.#found.push({ key, endedAt: record.leaseUntil })
    }
    this.#found.sort((a, b) => b.endedAt - a.endedAt)
    return this.#found.at(-1)
  }
}

/** Neither the operator's, nor held for it, nor answered 2xx already. */
function isOpen(record: ClaimedRecord): boolean {
  return !isFailed(record) && !record.hold && !record.acked
}
