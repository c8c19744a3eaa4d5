import type { ClaimRequest, CompleteRequest } from '@countersign/core/stores'

const day = 86_400_000

/** A request to claim a key. The token identifies the claim's owner. */
export function claimRequest(key: string, token: string, rest: Partial<ClaimRequest> = {}): ClaimRequest {
  return { key, token, fingerprint: 'body', leaseMs: 30_000, retentionMs: day, hold: false, ...rest }
}

/** The completion of {@link claimRequest}. */
export function completeRequest(key: string, token: string): CompleteRequest {
  return { key, token, fingerprint: 'body', retentionMs: day, acceptanceMs: day }
}

/** The error of a store whose backend failed. */
export const storeFailed = { name: 'DedupeStoreError', code: 'ERR_WEBHOOK_STORE_UNAVAILABLE' }
