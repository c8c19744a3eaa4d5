import type { TimestampSource } from '@countersign/core'
import { readPointer } from '@countersign/testing/sender'
import type { Capture } from '../captures/capture.js'
import { timeUnitOf } from '../recompute/time-sources.js'
import { readPayload } from './read-payload.js'

/** Fields that name the time of sending. `created_at` and the like are as often the time of something else. */
const pointers = [
  '/webhookTimestamp',
  '/webhook_timestamp',
  '/timestamp',
  '/sent_at',
  '/sentAt',
  '/time_ms',
] as const

/** The field of a signed body that says when it was sent. */
export function guessBodyTime(captures: readonly Capture[]): TimestampSource | undefined {
  const payloads = captures.map((capture) => readPayload(capture)?.payload)
  for (const json of pointers) {
    const units = new Set(payloads.map((payload) => timeUnitOf(String(readPointer(payload, json)))))
    const [unit] = units
    if (units.size === 1 && unit !== undefined) return { json, unit }
  }
  return undefined
}
