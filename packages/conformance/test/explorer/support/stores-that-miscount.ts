import type { ClaimRequest, ClaimResult, OwnedKey, ReleaseResult } from '@countersign/core'
import { type SimpleRecord, SimpleStore } from './simple-store.js'

export class CountsWhatItTellsToWait extends SimpleStore {
  override claim(request: ClaimRequest): ClaimResult {
    const result = super.claim(request)
    const record = this.find(request.key)
    return record && result.state === 'in-progress' ? { ...result, attempts: ++record.attempts } : result
  }
}

export class CountsCopies extends SimpleStore {
  protected override countAttempt(record: SimpleRecord): void {
    record.attempts++
  }
}

/** Two captured deliveries, sent in turn, are different each time. */
export class ComparesOnlyWithTheLast extends SimpleStore {
  protected override countAttempt(record: SimpleRecord, attemptedAt: number | undefined): void {
    if (attemptedAt === undefined || attemptedAt !== record.attemptedAt) record.attempts++
    record.attemptedAt = attemptedAt
  }
}

export class ForgetsSignedTimesWithARelease extends SimpleStore {
  override release(request: OwnedKey & { readonly failFromAttempts?: number }): ReleaseResult {
    const record = this.find(request.key)
    if (this.isOwned(record, request.token)) record.attemptedAt = undefined
    return super.release(request)
  }
}

export class CountsOnlyWhatIsSigned extends SimpleStore {
  protected override countAttempt(record: SimpleRecord, attemptedAt: number | undefined): void {
    super.countAttempt(record, attemptedAt ?? record.attemptedAt ?? 0)
  }
}
