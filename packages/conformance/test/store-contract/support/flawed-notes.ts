import type {
  ClaimRequest,
  ClaimResult,
  CompleteRequest,
  DeliveryRecord,
  FailRequest,
  ReleaseRequest,
  ReleaseResult,
} from '@countersign/core'
import type { SimpleRecord } from '../../explorer/support/simple-store.js'
import { SoundStore } from './sound-store.js'

/** An earlier contract's store: it knows nothing of names and codes. */
export class NotesNothing extends SoundStore {
  override claim(request: ClaimRequest): ClaimResult {
    return super.claim({ ...request, event: undefined })
  }
  override release(request: ReleaseRequest): ReleaseResult {
    return super.release({ ...request, code: undefined })
  }
  override fail(request: FailRequest): boolean {
    return super.fail({ ...request, code: undefined })
  }
}

export class SaysNoTimeOfAFailure extends SoundStore {
  protected override inspect(key: string, record: SimpleRecord): DeliveryRecord {
    const seen = super.inspect(key, record)
    return seen.state === 'free' && seen.lastCode !== undefined ? { ...seen, sinceMs: undefined } : seen
  }
}

export class KeepsTheCodeOfBefore extends SoundStore {
  protected override grant(
    request: ClaimRequest,
    known: SimpleRecord | undefined,
    runs?: number,
  ): ClaimResult {
    const result = super.grant(request, known, runs)
    const record = this.records.get(request.key)
    if (record) record.code = known?.code
    return result
  }
}

export class KeepsTheCodeOfWhatIsDone extends SoundStore {
  override complete(request: CompleteRequest): boolean {
    const code = this.find(request.key)?.code
    const isCompleted = super.complete(request)
    const record = this.records.get(request.key)
    if (record) record.code = code
    return isCompleted
  }
}

/** What `attempts` was once: each claim that counts for the limit. */
export class ListsWhatCountsAsAttempts extends SoundStore {
  protected override inspect(key: string, record: SimpleRecord): DeliveryRecord {
    return { ...super.inspect(key, record), attempts: record.attempts }
  }
}

export class CountsRepeatedClaimsAsRuns extends SoundStore {
  protected override grant(request: ClaimRequest, known: SimpleRecord | undefined): ClaimResult {
    return super.grant(request, known, 1)
  }
}

export class CountsWhatWaitsAsCopies extends SoundStore {
  override claim(request: ClaimRequest): ClaimResult {
    const result = super.claim(request)
    const record = this.find(request.key)
    if (record && result.state === 'in-progress') record.copies++
    return result
  }
}

export class NamesItAfterACopy extends SoundStore {
  override claim(request: ClaimRequest): ClaimResult {
    const result = super.claim(request)
    const record = this.records.get(request.key)
    if (record) record.event = request.event || record.event
    return result
  }
}

export class CutsNames extends SoundStore {
  override claim(request: ClaimRequest): ClaimResult {
    return super.claim({ ...request, event: request.event?.slice(0, 64) })
  }
}

export class TakesAnEmptyCodeForOne extends SoundStore {
  override release(request: ReleaseRequest): ReleaseResult {
    const record = this.find(request.key)
    const result = super.release(request)
    if (record) record.code = request.code
    return result
  }
}
