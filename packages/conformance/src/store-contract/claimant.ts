import { randomUUID } from 'node:crypto'
import type {
  ClaimRequest,
  ClaimResult,
  CompleteRequest,
  DedupeStore,
  FailRequest,
  ReleaseRequest,
  ReleaseResult,
} from '@countersign/core'

export const leaseMs = 30_000
export const retentionMs = 3_600_000

/** Somebody who wants one event, and says nothing but what matters. What a store throws at once is rejected, too. */
export interface Claimant {
  readonly key: string
  readonly token: string
  claim(rest?: Partial<ClaimRequest>): Promise<ClaimResult>
  extend(rest?: { readonly leaseMs: number }): Promise<boolean>
  acknowledge(): Promise<boolean>
  complete(rest?: Partial<CompleteRequest>): Promise<boolean>
  release(rest?: Partial<ReleaseRequest>): Promise<ReleaseResult>
  fail(rest?: Partial<FailRequest>): Promise<boolean>
}

/** @param options.token default: random */
export function claimantOf(
  store: DedupeStore,
  options: { readonly key?: string; readonly token?: string } = {},
): Claimant {
  const { key = 'event', token = randomUUID() } = options
  const fingerprint = 'body'
  return {
    key,
    token,
    claim: async (rest) =>
      store.claim({ key, token, fingerprint, leaseMs, retentionMs, hold: false, ...rest }),
    extend: async (rest) => store.extend({ key, token, leaseMs, ...rest }),
    acknowledge: async () => store.acknowledge({ key, token }),
    complete: async (rest) =>
      store.complete({ key, token, fingerprint, retentionMs, acceptanceMs: retentionMs, ...rest }),
    release: async (rest) => store.release({ key, token, ...rest }),
    fail: async (rest) => store.fail({ key, token, ...rest }),
  }
}

/** Many that want the same event, over several instances of a store. */
export function crowdOf(stores: readonly DedupeStore[], count: number, key = 'event'): readonly Claimant[] {
  return Array.from({ length: count }, (_, index) =>
    claimantOf(stores[index % stores.length] as DedupeStore, { key }),
  )
}

/** All claim at once. */
export function claimAll(claimants: readonly Claimant[]): Promise<readonly ClaimResult[]> {
  return Promise.all(claimants.map((claimant) => claimant.claim()))
}
