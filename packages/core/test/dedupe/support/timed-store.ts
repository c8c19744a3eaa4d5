import { type ClaimRequest, type CompleteRequest, memoryStore } from '@countersign/core'

export const leaseMs = 30_000
export const retentionMs = 3_600_000
export const acceptanceMs = 600_000

/** A memory store whose time is set by hand, and requests with sensible values for all that a test leaves out. */
export function timedStore({ maxEntries }: { readonly maxEntries?: number } = {}) {
  let now = 0
  const store = memoryStore({ now: () => now, ...(maxEntries === undefined ? {} : { maxEntries }) })
  return {
    store,
    pass: (ms: number) => {
      now += ms
    },
    claim: (token: string, rest: Partial<ClaimRequest> = {}) =>
      store.claim({ key: 'event', token, fingerprint: 'body', leaseMs, retentionMs, hold: false, ...rest }),
    complete: (token: string, rest: Partial<CompleteRequest> = {}) =>
      store.complete({ key: 'event', token, fingerprint: 'body', retentionMs, acceptanceMs, ...rest }),
    release: (token: string, failFromAttempts?: number) =>
      store.release({ key: 'event', token, ...(failFromAttempts === undefined ? {} : { failFromAttempts }) }),
    extend: (token: string, ms = leaseMs) => store.extend({ key: 'event', token, leaseMs: ms }),
    acknowledge: (token: string) => store.acknowledge({ key: 'event', token }),
    fail: (token: string) => store.fail({ key: 'event', token }),
    forget: (force?: boolean) => store.forget({ key: 'event', ...(force === undefined ? {} : { force }) }),
  }
}
