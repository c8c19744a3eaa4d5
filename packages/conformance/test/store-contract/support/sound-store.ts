import type {
  DeliveryRecord,
  InspectableStore,
  ListOptions,
  RecordCounts,
  RecordState,
} from '@countersign/core'
import type { SimpleRecord } from '../../explorer/support/simple-store.js'
import { SimpleTransactionalStore } from '../../explorer/support/transactional-store.js'

const unsettled: readonly RecordState[] = ['claimed', 'acked', 'orphaned', 'held', 'failed']

/** A store that has everything, and does all of it right. What it gets wrong in a test is overridden there. */
export class SoundStore extends SimpleTransactionalStore implements InspectableStore {
  override readonly shared: boolean = true

  async *list({ states = unsettled }: ListOptions = {}): AsyncGenerator<DeliveryRecord, void> {
    for (const key of [...this.records.keys()]) {
      const record = this.find(key)
      if (record && states.includes(this.stateOf(record))) yield this.inspect(key, record)
    }
  }

  count(): RecordCounts {
    const counts = { free: 0, claimed: 0, acked: 0, orphaned: 0, held: 0, failed: 0, completed: 0 }
    for (const key of this.records.keys()) {
      const record = this.find(key)
      if (record) counts[this.stateOf(record)] += 1
    }
    return counts
  }

  protected stateOf(record: SimpleRecord): RecordState {
    if (record.state !== 'claimed') return record.state
    if (this.isLive(record)) return record.acked ? 'acked' : 'claimed'
    if (record.acked) return 'orphaned'
    return record.hold ? 'held' : 'free'
  }

  protected inspect(key: string, record: SimpleRecord): DeliveryRecord {
    const { event, runs, copies, code, leaseUntil } = record
    const isLive = this.isLive(record)
    const isReleased = record.state === 'free' && code !== undefined
    const isOver = !isLive && (record.state === 'claimed' || record.state === 'failed' || isReleased)
    return {
      key,
      state: this.stateOf(record),
      event,
      attempts: runs,
      copies,
      lastCode: code,
      leaseLeftMs: isLive ? leaseUntil - this.now : undefined,
      sinceMs: isOver ? this.now - leaseUntil : undefined,
    }
  }

  close(): void {}
}
