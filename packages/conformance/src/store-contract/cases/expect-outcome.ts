import { deepEqual, ok } from 'node:assert/strict'
import type { Outcome } from '@countersign/core'

const statuses = {
  processed: 200,
  accepted: 200,
  duplicate: 200,
  exhausted: 200,
  'failed-for-good': 200,
  'in-progress': 503,
  held: 503,
  unavailable: 503,
  'handler-failed': 500,
  refused: 401,
} as const

/** What the outcome is, with the status that goes with it; a sender that shall come again is told when. */
export function expectOutcome(outcome: Outcome, type: keyof typeof statuses, code?: string): void {
  const { status, headers } = outcome.response
  const actual = [outcome.type, status, 'error' in outcome ? outcome.error?.code : undefined]
  deepEqual(code === undefined ? actual.slice(0, 2) : actual, [type, statuses[type], ...(code ? [code] : [])])
  if (status === 503) ok(/^[1-9]\d*$/.test(headers['retry-after'] ?? ''), 'no Retry-After')
}
