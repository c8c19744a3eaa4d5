import type { VerifiedDelivery } from '@countersign/core'
import type { CaptureVerdict } from '@countersign/diagnosis'
import { tellTime } from './tell-time.js'

/** The verdict for machines. Every member is always there; what is not known is null. */
export function verdictToJson(
  { verdict, code, authentic, checks, delivery }: CaptureVerdict,
  { now, hints }: { readonly now: number; readonly hints: readonly string[] },
): unknown {
  return {
    verdict,
    code: code ?? null,
    authentic,
    checks: checks.map(({ check, passed, detail = null }) => ({ check, passed, detail })),
    delivery: delivery ? deliveryToJson(delivery, now) : null,
    hints,
  }
}

function deliveryToJson(
  { event, id, timestamp, secretId, idempotencyKey, scheme }: VerifiedDelivery,
  now: number,
) {
  return {
    scheme,
    event: event ?? null,
    id: id ?? null,
    timestamp: timestamp === undefined ? null : tellTime(timestamp),
    ageSeconds: timestamp === undefined ? null : (now - timestamp) / 1000,
    secretId,
    deduplicated: idempotencyKey !== undefined,
  }
}
