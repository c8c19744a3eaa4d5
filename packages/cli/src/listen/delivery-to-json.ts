import type { ExplainedDelivery } from './format-delivery.js'

/** The delivery for machines. Every field is always present; unknown values are null. */
export function deliveryToJson(delivery: ExplainedDelivery): object {
  const { receivedAt, verdict, status, capture } = delivery
  const { event, id, attempt, secretId, code, explanation, saved } = delivery
  return {
    time: new Date(receivedAt).toISOString(),
    verdict,
    status,
    event: event ?? null,
    id: id ?? null,
    attempt: attempt ?? null,
    secret: secretId ?? null,
    code: code ?? null,
    bytes: capture?.body.length ?? null,
    explanation: explanation ? { verdict: explanation.verdict, findings: explanation.findings } : null,
    saved: saved ?? null,
  }
}
