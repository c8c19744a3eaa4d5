import { type CompleteRequest, writeKey } from '@countersign/core/stores'

/** 1,000 years: longer than any record lives, and far from the last year that a timestamptz can hold. */
const longestMs = 1_000 * 365 * 86_400_000

/** A duration as a statement takes it. */
export function writeMs(ms: number): string {
  return String(Math.min(ms, longestMs))
}

/** The parameters of the statements in `complete.ts`. */
export function paramsOfCompletion(request: CompleteRequest): readonly string[] {
  const { key, token, fingerprint, retentionMs } = request
  return [writeKey(key), token, writeKey(fingerprint), writeMs(retentionMs)]
}
