import type {
  ClaimRequest,
  ClaimResult,
  CompleteRequest,
  DeliveryRecord,
  ListOptions,
  OwnedKey,
  RecordCounts,
} from '@countersign/core'
import type { SimpleRecord } from '../../explorer/support/simple-store.js'
import type { SimpleTransaction } from '../../explorer/support/transactional-store.js'
import { SoundStore } from './sound-store.js'

/** A sound store whose keys become others on their way to the records, and back. */
export function withKeys(write: (key: string) => string, read = (text: string) => text): typeof SoundStore {
  return class extends SoundStore {
    protected override find(key: string): SimpleRecord | undefined {
      return super.find(write(key))
    }
    override claim(request: ClaimRequest): ClaimResult {
      return super.claim({ ...request, key: write(request.key) })
    }
    override complete(request: CompleteRequest): boolean {
      return super.complete({ ...request, key: write(request.key) })
    }
    override forget(request: { readonly key: string; readonly force?: boolean }): boolean {
      return super.forget({ ...request, key: write(request.key) })
    }
    protected override inspect(key: string, record: SimpleRecord): DeliveryRecord {
      return { ...super.inspect(key, record), key: read(key) }
    }
  }
}

export class BelievesAnyClock extends SoundStore {
  protected override checkTime(time: number): number {
    return time
  }
}

export class CrashesOnFractions extends SoundStore {
  override claim(request: ClaimRequest): ClaimResult {
    return super.claim({ ...request, leaseMs: Number(BigInt(request.leaseMs)) })
  }
}

export class TakesZeroForNone extends SoundStore {
  override extend(request: OwnedKey & { readonly leaseMs: number }): boolean {
    return super.extend({ ...request, leaseMs: request.leaseMs || 30_000 })
  }
}

export class ShortensRepeatedClaims extends SoundStore {
  protected override grant(request: ClaimRequest, known: SimpleRecord | undefined): ClaimResult {
    const result = super.grant(request, known)
    const record = this.records.get(request.key)
    if (record) record.leaseUntil = this.now + request.leaseMs
    return result
  }
}

export class ProlongsByClaims extends SoundStore {
  override claim(request: ClaimRequest): ClaimResult {
    const result = super.claim(request)
    const record = this.records.get(request.key)
    if (record?.state === 'completed') record.retainUntil = this.now + request.retentionMs
    return result
  }
}

export class ListsTheForgotten extends SoundStore {
  override async *list(options: ListOptions = {}): AsyncGenerator<DeliveryRecord, void> {
    yield* super.list(options)
    for (const [key, record] of this.records)
      if (this.isForgotten(record) && options.states?.includes('free')) yield this.inspect(key, record)
  }
}

export class CountsTheForgotten extends SoundStore {
  override count(): RecordCounts {
    return {
      ...super.count(),
      completed: [...this.records.values()].filter(({ state }) => state === 'completed').length,
    }
  }
}

export class ListsInPages extends SoundStore {
  override async *list(options: ListOptions = {}): AsyncGenerator<DeliveryRecord, void> {
    for (let page = 0; ; page++) {
      const records: DeliveryRecord[] = []
      for await (const record of super.list(options)) records.push(record)
      const [from, to] = [page * 1_000, (page + 1) * 1_000]
      yield* records.slice(from, to)
      if (records.length <= to) return
    }
  }
}

export class ListsFreeByDefault extends SoundStore {
  override list(options: ListOptions = {}): AsyncGenerator<DeliveryRecord, void> {
    const { states = ['claimed', 'acked', 'orphaned', 'held', 'failed', 'free'] } = options
    return super.list({ states })
  }
}

export class ListsOrphansAsHeld extends SoundStore {
  protected override stateOf(record: SimpleRecord): DeliveryRecord['state'] {
    const state = super.stateOf(record)
    return state === 'orphaned' && record.hold ? 'held' : state
  }
}

export class SaysSinceTheLastClaim extends SoundStore {
  override claim(request: ClaimRequest): ClaimResult {
    const result = super.claim(request)
    const record = this.records.get(request.key)
    if (result.state === 'failed' && record) record.leaseUntil = this.now
    return result
  }
}

export class CompletesBesideTheTransaction extends SoundStore {
  override completeIn(_transaction: SimpleTransaction, request: CompleteRequest): boolean {
    return super.completeIn([], request)
  }
}

export class TakesAnyTransaction extends SoundStore {
  override completeIn(transaction: SimpleTransaction, request: CompleteRequest): boolean {
    return super.completeIn(Array.isArray(transaction) ? transaction : [], request)
  }
}

export class CompletesWhatIsGone extends SoundStore {
  protected override mayComplete(key: string, token: string): boolean {
    const record = this.find(key)
    return record === undefined || super.mayComplete(key, token)
  }
}

export class ForgetsWhoCompleted extends SoundStore {
  override isCompleted({ key }: OwnedKey): boolean {
    return this.find(key)?.state === 'completed'
  }
}

/** What one of its transactions has written is seen by others before it commits. */
export class IsolatesNothing extends SoundStore {
  override completeIn(transaction: SimpleTransaction, request: CompleteRequest): never {
    const completed = super.completeIn(transaction, request)
    return Promise.resolve(completed) as never
  }
}

export class ClosesTheBackend extends SoundStore {
  override close(): void {
    this.records.clear()
  }
}

export class EndsOnItsFirstClose extends SoundStore {
  #isClosed = false
  override close(): void {
    if (this.#isClosed) throw new Error('it is closed already')
    this.#isClosed = true
  }
}
