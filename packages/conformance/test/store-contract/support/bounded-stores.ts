import type { SearchClock } from '@countersign/conformance'
import {
  type ClaimRequest,
  type ClaimResult,
  type CompleteRequest,
  DedupeStoreError,
} from '@countersign/core'
import { SoundStore } from './sound-store.js'

/** A sound store that holds a limited number of records. What it gets wrong in a test is overridden below. */
export class BoundedStore extends SoundStore {
  readonly #maxEntries: number

  constructor(clock: SearchClock, maxEntries: number) {
    super(clock)
    this.#maxEntries = maxEntries
  }

  override claim(request: ClaimRequest): ClaimResult {
    this.#requireRoom(request.key)
    return super.claim(request)
  }

  override complete(request: CompleteRequest): boolean {
    this.#requireRoom(request.key)
    return super.complete(request)
  }

  #requireRoom(key: string): void {
    if (this.records.has(key) || this.records.size < this.#maxEntries) return
    const dropped = this.chooseDropped()
    if (dropped === undefined)
      throw new DedupeStoreError('ERR_WEBHOOK_STORE_FULL', `The ${this.name} store is full`)
    this.records.delete(dropped)
  }

  protected chooseDropped(): string | undefined {
    for (const [key, record] of this.records) if (this.stateOf(record) === 'free') return key
    return undefined
  }
}

export class KeepsWhatIsFree extends BoundedStore {
  protected override chooseDropped(): undefined {
    return undefined
  }
}

export class DropsTheOldest extends BoundedStore {
  protected override chooseDropped(): string | undefined {
    return this.records.keys().next().value
  }
}

export class NeverFull extends BoundedStore {
  constructor(clock: SearchClock) {
    super(clock, Number.POSITIVE_INFINITY)
  }
}
