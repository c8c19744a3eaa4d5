import { memoryStore } from '@countersign/core'
import type { ClaimRequest, CompleteRequest, ReleaseRequest } from '@countersign/core/stores'

const allStates = ['claimed', 'acked', 'orphaned', 'held', 'failed', 'free', 'completed'] as const

export const leaseMs = 30_000
export const retentionMs = 3_600_000
export const acceptanceMs = 600_000

/** A memory store whose time is set by hand, and requests with sensible values for all that a test leaves out. */
export function timedStore({ maxEntries }: { readonly maxEntries?: number } = {}) {
  let now = 0
  const store = memoryStore({ now: () => now, ...(maxEntries === undefined ? {} : { maxEntries }) })
  const key = 'event'
  return {
    store,
    /** The keys of all records that are retained. */
    keys: async () => {
      const keys = new Set<string>()
      for await (const { key } of store.list({ states: allStates })) keys.add(key)
      return keys
    },
    pass: (ms: number) => {
      now += ms
    },
    claim: (token: string, rest: Partial<ClaimRequest> = {}) =>
      store.claim({ key, token, fingerprint: 'body', leaseMs, retentionMs, hold: false, ...rest }),
    complete: (token: string, rest: Partial<CompleteRequest> = {}) =>
      store.complete({ key, token, fingerprint: 'body', retentionMs, acceptanceMs, ...rest }),
    release: (token: string, rest: Partial<ReleaseRequest> = {}) => store.release({ key, token, ...rest }),
    extend: (token: string, rest: { readonly key?: string; readonly leaseMs?: number } = {}) =>
      store.extend({ key, token, leaseMs, ...rest }),
    acknowledge: (token: string, rest: { readonly key?: string } = {}) =>
      store.acknowledge({ key, token, ...rest }),
    fail: (token: string, rest: { readonly key?: string } = {}) => store.fail({ key, token, ...rest }),
    forget: (rest: { readonly key?: string; readonly force?: boolean } = {}) =>
      store.forget({ key, ...rest }),
  }
}
