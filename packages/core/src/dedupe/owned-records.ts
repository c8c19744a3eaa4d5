/** A record that someone owns (claimed, acked, held), or that failed and is the operator's. */
export interface OwnedRecord {
  /** Undefined once the record failed. */
  token: string | undefined
  attempts: number
  leaseUntil: number
  retainUntil: number
  /** Once the lease ended, nobody but the owner may settle it. */
  hold: boolean
  /** The sender was answered 2xx and will not come again. */
  acked: boolean
}

export function isFailed(record: OwnedRecord): boolean {
  return record.token === undefined
}

export function isLive(record: OwnedRecord, now: number): boolean {
  return !isFailed(record) && now < record.leaseUntil
}

export function isHeld(record: OwnedRecord, now: number): boolean {
  return !isFailed(record) && record.hold && now >= record.leaseUntil
}

/** The time from which the record is as if never seen: what is the operator's stays. */
export function expiryOf(record: OwnedRecord): number {
  const isKept = isFailed(record) || record.hold || record.acked
  return isKept ? Number.POSITIVE_INFINITY : Math.max(record.retainUntil, record.leaseUntil)
}
