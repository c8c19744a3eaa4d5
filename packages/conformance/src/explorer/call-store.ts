import type {
  ClaimResult,
  CompleteRequest,
  DedupeStore,
  MaybePromise,
  ReleaseResult,
} from '@countersign/core'
import type { TransactionalStore } from '@countersign/core/stores'
import type { StoreCall, Terms } from './claim-contract.js'

/**
 * Has an effect and completes its claim in one transaction; where `completeIn` answers false, it is rolled back.
 *
 * @returns whether it is committed
 */
export type Commit = (store: TransactionalStore, request: CompleteRequest) => MaybePromise<boolean>

/** How calls of a search become those of a store. */
export interface StoreTerms extends Terms {
  /** Milliseconds of the store to a step of the search. */
  readonly stepMs: number
  readonly commit: Commit | undefined
}

export type StoreAnswer = boolean | ReleaseResult | ClaimResult

/** Makes one call of a search at a real store, for one of several keys that go through the same. */
export function callStore(
  store: DedupeStore,
  key: string,
  call: StoreCall,
  terms: StoreTerms,
): MaybePromise<StoreAnswer> {
  const token = `token-${call.attempt}`
  const fingerprint = call.otherContent ? 'other-content' : 'content'
  const leaseMs = terms.lease * terms.stepMs
  const retentionMs = terms.retention * terms.stepMs
  switch (call.operation) {
    case 'claim':
      return store.claim({
        key,
        token,
        fingerprint,
        leaseMs,
        retentionMs,
        hold: terms.hold,
        attemptedAt: call.attemptedAt,
      })
    case 'extend':
      return store.extend({ key, token, leaseMs })
    case 'acknowledge':
      return store.acknowledge({ key, token })
    case 'complete':
      return store.complete({ key, token, fingerprint, retentionMs, acceptanceMs: retentionMs })
    case 'release': {
      const { failFromAttempts } = call
      return store.release({ key, token, ...(failFromAttempts === undefined ? {} : { failFromAttempts }) })
    }
    case 'commit':
      if (!terms.commit) throw new Error('there is no way to commit')
      return terms.commit(transactional(store), {
        key,
        token,
        fingerprint,
        retentionMs,
        acceptanceMs: retentionMs,
      })
    case 'isCompleted':
      return transactional(store).isCompleted({ key, token })
    case 'fail':
      return store.fail({ key, token })
    case 'forget':
      return store.forget({ key })
  }
}

function transactional(store: DedupeStore): TransactionalStore {
  return store as TransactionalStore
}
