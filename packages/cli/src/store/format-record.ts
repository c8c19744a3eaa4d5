import type { DeliveryRecord } from '@countersign/core/stores'
import { escapeControls } from '../output/escape-controls.js'
import { formatDuration } from '../output/format-duration.js'
import type { KeyParts } from './parse-key.js'
import { predictRetry, type SenderRetry } from './predict-retry.js'

/** A record in one line: its state, event, attempts, age and key. */
export function formatRecord(record: DeliveryRecord, parts: KeyParts | undefined): string {
  const { key, state, event, attempts, copies } = record
  const facts = [
    ...(event === undefined ? [] : [escapeControls(event)]),
    count(attempts, 'attempt', 'attempts'),
    ...(copies > 0 ? [count(copies, 'copy', 'copies')] : []),
    ...formatAge(record),
    ...(state === 'free' ? [formatRetry(predictRetry(record, parts?.scheme))] : []),
  ]
  return `${state.padEnd('completed'.length)}  ${facts.join(', ')}  ${escapeControls(key)}`
}

function formatAge({ lastCode, leaseLeftMs, sinceMs }: DeliveryRecord): readonly string[] {
  if (leaseLeftMs !== undefined) return [`lease ends in ${formatDuration(leaseLeftMs / 1000)}`]
  if (sinceMs === undefined) return []
  const duration = formatDuration(sinceMs / 1000)
  return [lastCode === undefined ? `for ${duration}` : `${escapeControls(lastCode)} ${duration} ago`]
}

const retries: Readonly<Record<SenderRetry, string>> = {
  never: 'the sender does not retry',
  over: "the sender's retries are over",
  expected: "waiting for the sender's retry",
}

function formatRetry(retry: SenderRetry | undefined): string {
  return retry === undefined ? 'runs with the next delivery' : retries[retry]
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}
