import { type DedupeStore, type MaybePromise, memoryStore, type TransactionalStore } from '@countersign/core'
import type { ContractOperation } from './contract-command.js'
import type { RouteState } from './route-state.js'

/**
 * A memory store that a case can make new, hold and break. The receiver keeps seeing one and the same store. A transaction with it is
 * the word that says how it will end.
 */
export interface RouteStore {
  readonly store: TransactionalStore<'committed' | 'rolled-back'>
  reset(): void
}

/** @param stateNow the state of the route at the time of a call */
export function createRouteStore(stateNow: () => RouteState): RouteStore {
  let records = memoryStore()
  let committed = new Set<string>()
  const disturbed = <T>(operation: ContractOperation, call: () => MaybePromise<T>): MaybePromise<T> => {
    const meeting = stateNow().meet(operation)
    return meeting ? meeting.then(call) : call()
  }
  return {
    reset() {
      records = memoryStore()
      committed = new Set()
    },
    store: {
      name: 'contract',
      shared: false,
      claim: (request) => disturbed('claim', () => records.claim(request)),
      complete: (request) => disturbed('complete', () => records.complete(request)),
      release: (request) => disturbed('release', () => records.release(request)),
      extend: (request) => records.extend(request),
      acknowledge: (request) => disturbed('acknowledge', () => records.acknowledge(request)),
      fail: (request) => records.fail(request),
      forget: (request) => records.forget(request),
      async completeIn(transaction, request) {
        if (transaction === 'rolled-back') return true
        committed.add(request.token)
        return records.complete(request)
      },
      isCompleted: ({ token }) => committed.has(token),
    },
  }
}

/** Remembers nothing, so that no vector is taken for a repetition of another one. */
export function createForgetfulStore(): DedupeStore {
  return {
    name: 'forgetful',
    shared: false,
    claim: () => ({ state: 'claimed', attempts: 1 }),
    extend: () => true,
    acknowledge: () => true,
    complete: () => true,
    release: () => 'released',
    fail: () => true,
    forget: () => true,
  }
}
