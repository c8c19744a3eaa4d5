import { type ClaimedRecord, isFailed } from './claimed-record.js'

/** A claim whose lease has ended, and when that was. */
export interface LapsedClaim {
  readonly key: string
  readonly endedAt: number
}

/**
 * The claims whose lease has ended and that may be claimed again, oldest first. They are found by a scan of all records, which
 * a store does only while it is full, and only if a lease may have ended since the last scan.
 */
export class LapsedClaims {
  /** Sorted with the oldest last. */
  #found: LapsedClaim[] = []
  /** No other lease ends before this time. */
  #nextEnd = Number.POSITIVE_INFINITY

  /** Call it whenever the end of a lease was set. */
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

/** Neither failed, nor held for the operator, nor acked. */
function isOpen(record: ClaimedRecord): boolean {
  return !isFailed(record) && !record.hold && !record.acked
}
