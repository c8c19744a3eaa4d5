import type { CompleteRequest, OwnedKey } from '@countersign/core/stores'
import { after, type Change, owns } from './transition.js'

/** Completes a key, whatever its record is. */
export function complete({ token, fingerprint, retentionMs }: CompleteRequest): Change<boolean> {
  return (row, now) => {
    if (row?.state === 'completed') return { answer: row.token === token }
    if (row && row.state !== 'free' && !owns(row, token)) return { answer: false }
    return {
      row: {
        state: 'completed',
        attempts: row?.attempts ?? 1,
        attemptedAt: row?.attemptedAt,
        token,
        fingerprint,
        leaseUntil: now,
        retainUntil: Math.max(row?.retainUntil ?? 0, after(now, retentionMs)),
        hold: false,
        acked: false,
        runs: row?.runs ?? 1,
        copies: row?.copies ?? 0,
        event: row?.event,
        code: undefined,
      },
      answer: true,
    }
  }
}

/**
 * Whether the token's completion is committed. A connection with `synchronous=NORMAL`, better-sqlite3's default, commits
 * without waiting for the disk. The store's own commits do wait, also for everything that was committed before them: so the
 * first call writes to the record, and after that no power cut can undo a completion that was answered 2xx.
 */
export function isCompleted({ token }: OwnedKey): Change<boolean> {
  return (row, now) => {
    if (row?.state !== 'completed' || row.token !== token) return { answer: false }
    return row.leaseUntil === 0 ? { row: { ...row, leaseUntil: now }, answer: true } : { answer: true }
  }
}
