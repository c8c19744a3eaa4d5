import type { ClaimResult, DedupeStore, MaybePromise, ReleaseResult } from '@countersign/core'
import type { StoreCall, Terms } from './claim-contract.js'

/** Steps of a search in a store's milliseconds. */
export interface StoreTerms extends Terms {
  readonly stepMs: number
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
      return store.claim({ key, token, fingerprint, leaseMs, retentionMs, hold: terms.hold })
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
    case 'fail':
      return store.fail({ key, token })
    case 'forget':
      return store.forget({ key })
  }
}
