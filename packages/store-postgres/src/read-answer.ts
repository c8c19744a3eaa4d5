import type { DedupeStoreError } from '@countersign/core'
import {
  type ClaimResult,
  type DeliveryRecord,
  type ReleaseResult,
  readKey,
  readNote,
  recordStates,
  storeFailure,
} from '@countersign/core/stores'
import { wrongIsolation } from './describe-failure.js'

type State = DeliveryRecord['state']

const claimPattern = /^(claimed|in-progress|completed|failed|held) ([1-9]\d*) (\d+) (same|other)$/

// A row is undefined where the statement returned none: it returns one unless the isolation level is wrong.

/** @throws DedupeStoreError */
export function readClaim(row: string | undefined): ClaimResult {
  if (row === undefined) throw wrongIsolation('claim')
  const [, state, count, wait, content] = claimPattern.exec(row) ?? []
  const attempts = Number(count)
  switch (state) {
    case 'claimed':
    case 'failed':
    case 'held':
      return { state, attempts }
    case 'in-progress':
      return { state, attempts, retryAfterMs: Math.max(1, Number(wait)) }
    case 'completed':
      return { state, attempts, sameFingerprint: content === 'same' }
    default:
      throw unreadable('claim')
  }
}

/**
 * A claim whose record is locked; a record that no other transaction sees yet has no row.
 *
 * @throws DedupeStoreError
 */
export function readLockedClaim(row = '1 0', lockTimeoutMs: number): ClaimResult {
  const [attempts = Number.NaN, leaseLeftMs = Number.NaN] = row.split(' ').map(Number)
  if (!(attempts > 0 && leaseLeftMs >= 0)) throw unreadable('claim')
  return { state: 'in-progress', attempts, retryAfterMs: leaseLeftMs || lockTimeoutMs }
}

/** @throws DedupeStoreError */
export function readBoolean(row: string | undefined, operation: string): boolean {
  if (row === undefined) throw wrongIsolation(operation)
  if (row !== 'true' && row !== 'false') throw unreadable(operation)
  return row === 'true'
}

/** @throws DedupeStoreError */
export function readRelease(row: string | undefined): ReleaseResult {
  if (row === undefined) throw wrongIsolation('release')
  if (row === 'free') return 'released'
  if (row === 'failed' || row === 'lost') return row
  throw unreadable('release')
}

/**
 * A row of `list`: the record, and the digest after which the next page begins.
 *
 * @throws DedupeStoreError
 */
export function readRecord(row: string): { readonly digest: string; readonly record: DeliveryRecord } {
  const [digest, key, state, leaseLeftMs, sinceMs, event, attempts, copies, lastCode] = parseList(row)
  if (typeof digest !== 'string' || typeof key !== 'string' || !isState(state)) throw unreadable('list')
  const record = {
    key: readKey(key),
    state,
    event: readNote(event),
    attempts: Number(attempts),
    copies: Number(copies),
    lastCode: readNote(lastCode),
    leaseLeftMs: readMs(leaseLeftMs),
    sinceMs: readMs(sinceMs),
  }
  return { digest, record }
}

/**
 * A row of `count`.
 *
 * @throws DedupeStoreError
 */
export function readCount(row: string): readonly [state: State, count: number] {
  const [state, count] = row.split(' ')
  if (!isState(state) || !(Number(count) >= 0)) throw unreadable('count')
  return [state, Number(count)]
}

/**
 * A row of `prune`: how many records it deleted, and how many pages the table has.
 *
 * @throws DedupeStoreError
 */
export function readPruned(row: string | undefined): { readonly deleted: number; readonly pages: number } {
  if (row === undefined) throw wrongIsolation('prune')
  const [, deleted, pages] = /^(\d+) (\d+)$/.exec(row) ?? []
  if (deleted === undefined) throw unreadable('prune')
  return { deleted: Number(deleted), pages: Number(pages) }
}

function parseList(row: string): readonly unknown[] {
  try {
    const fields: unknown = JSON.parse(row)
    if (Array.isArray(fields)) return fields
  } catch {
    // Not JSON: as unreadable as JSON that is no list.
  }
  throw unreadable('list')
}

function readMs(ms: unknown): number | undefined {
  return typeof ms === 'number' ? ms : undefined
}

function isState(text: unknown): text is State {
  return recordStates.includes(text as State)
}

function unreadable(operation: string): DedupeStoreError {
  return storeFailure('postgres', operation, {
    reason:
      'the client returned something that the statement cannot return. It must return rows as PostgreSQL sends them.',
  })
}
