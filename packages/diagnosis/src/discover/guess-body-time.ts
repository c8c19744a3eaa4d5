import type { TimestampSource } from '@countersign/core'
import { readPointer } from '@countersign/testing/sender'
import type { Capture } from '../captures/capture.js'
import { detectTimeUnit } from '../recompute/time-sources.js'
import { readPayload } from './read-payload.js'

/** Fields with the time of sending. `created_at` and similar fields are as often the time of something else. */
const pointers = [
  '/webhookTimestamp',
  '/webhook_timestamp',
  '/timestamp',
  '/sent_at',
  '/sentAt',
  '/time_ms',
] as const

/** Guesses the field of a signed body with the time of sending. */
export function guessBodyTime(captures: readonly Capture[]): TimestampSource | undefined {
  const payloads = captures.map((capture) => readPayload(capture)?.payload)
  for (const json of pointers) {
    const units = new Set(payloads.map((payload) => detectTimeUnit(String(readPointer(payload, json)))))
    const [unit] = units
    if (units.size === 1 && unit !== undefined) return { json, unit }
  }
  return undefined
}
