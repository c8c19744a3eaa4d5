import {
  type ClaimRequest,
  type ClaimResult,
  type CompleteRequest,
  type DedupeStoreError,
  type FailRequest,
  isWebhookError,
  type OwnedKey,
  type ReleaseRequest,
  type ReleaseResult,
} from '@countersign/core'
import { storeFailure, writeKey } from '@countersign/core/stores'
import { explainFailure, sqlStateOf, wrongIsolation } from './explain-failure.js'
import { claimStatement, firstClaimStatement, lockedClaimStatement } from './statements/claim.js'
import { completeOwnedStatement, completeStatement, isCompletedStatement } from './statements/complete.js'
import {
  acknowledgeStatement,
  extendStatement,
  failStatement,
  forgetStatement,
  releaseStatement,
} from './statements/settle.js'
import type { RunStatement, Statement, StatementSettings } from './statements/statement.js'

/** Longer than any delivery lives, and far from the last year that a timestamptz can hold. */
const longestMs = 1_000 * 365 * 86_400_000

const grantPattern = /^(claimed|in-progress|completed|failed|held) ([1-9]\d*) (\d+) (same|other)$/

/** What the operations of a store share. */
export interface RecordsSettings extends StatementSettings {
  readonly run: RunStatement
  /** The table as the user named it. */
  readonly written: string
  readonly now: (() => number) | undefined
}

/** The operations of the contract. Each is one statement that decides and changes by itself. */
export class PostgresRecords {
  readonly #settings: RecordsSettings
  readonly #statements: Readonly<Record<StatementName, Statement>>

  constructor(settings: RecordsSettings) {
    this.#settings = settings
    this.#statements = {
      firstClaim: firstClaimStatement(settings),
      claim: claimStatement(settings),
      lockedClaim: lockedClaimStatement(settings),
      extend: extendStatement(settings),
      acknowledge: acknowledgeStatement(settings),
      completeOwned: completeOwnedStatement(settings),
      complete: completeStatement(settings),
      release: releaseStatement(settings),
      fail: failStatement(settings),
      forget: forgetStatement(settings),
      isCompleted: isCompletedStatement(settings),
    }
  }

  async claim(request: ClaimRequest): Promise<ClaimResult> {
    const { key, token, fingerprint, leaseMs, retentionMs, hold, attemptedAt = '', event = '' } = request
    const written = writeKey(key)
    const times = [ms(leaseMs), ms(retentionMs), String(hold), String(attemptedAt)]
    const params = [written, token, ...times, writeKey(event)]
    const { firstClaim, claim } = this.#statements
    try {
      const [first] = await this.rowsOf(firstClaim, params)
      if (first !== undefined) return readGrant(first)
      const [row] = await this.rowsOf(claim, [...params, writeKey(fingerprint)])
      return readGrant(row ?? noRow(claim))
    } catch (error) {
      if (sqlStateOf(error) !== '55P03') throw error
      return this.#claimLocked(written)
    }
  }

  /** Somebody is at work on the record: a user's transaction that completes it, for one. */
  async #claimLocked(key: string): Promise<ClaimResult> {
    const { lockedClaim } = this.#statements
    const [row] = await this.rowsOf(lockedClaim, [key])
    const [attempts = Number.NaN, leaseLeftMs = Number.NaN] = (row ?? '1 0').split(' ').map(Number)
    if (!(attempts > 0 && leaseLeftMs >= 0)) throw noAnswer('claim')
    return { state: 'in-progress', attempts, retryAfterMs: leaseLeftMs || this.#settings.lockTimeoutMs }
  }

  extend({ key, token, leaseMs }: OwnedKey & { readonly leaseMs: number }): Promise<boolean> {
    return this.#answer('extend', [writeKey(key), token, ms(leaseMs)])
  }

  acknowledge({ key, token }: OwnedKey): Promise<boolean> {
    return this.#answer('acknowledge', [writeKey(key), token])
  }

  async complete(request: CompleteRequest): Promise<boolean> {
    const params = paramsOfCompletion(request)
    const [owned] = await this.rowsOf(this.#statements.completeOwned, params)
    return owned === undefined ? this.#answer('complete', params) : readAnswer(owned, 'complete')
  }

  async release(request: ReleaseRequest): Promise<ReleaseResult> {
    const { key, token, failFromAttempts = Number.POSITIVE_INFINITY, code = '' } = request
    const { release } = this.#statements
    const params = [writeKey(key), token, String(failFromAttempts), writeKey(code)]
    const [row] = await this.rowsOf(release, params)
    const answer = row ?? noRow(release)
    if (answer === 'free') return 'released'
    if (answer === 'failed' || answer === 'lost') return answer
    throw noAnswer('release')
  }

  fail({ key, token, code = '' }: FailRequest): Promise<boolean> {
    return this.#answer('fail', [writeKey(key), token, writeKey(code)])
  }

  forget({ key, force = false }: { readonly key: string; readonly force?: boolean }): Promise<boolean> {
    return this.#answer('forget', [writeKey(key), String(force)])
  }

  isCompleted({ key, token }: OwnedKey): Promise<boolean> {
    return this.#answer('isCompleted', [writeKey(key), token])
  }

  async #answer(operation: Operation, params: readonly string[]): Promise<boolean> {
    const statement = this.#statements[operation]
    const [row] = await this.rowsOf(statement, params)
    return readAnswer(row ?? noRow(statement), statement.operation)
  }

  /**
   * Runs a statement that goes by the time.
   *
   * @throws DedupeStoreError
   */
  rowsOf(statement: Statement, params: readonly string[], run?: RunStatement): Promise<readonly string[]> {
    const { now } = this.#settings
    return this.run(statement, now ? [...params, String(now())] : params, run)
  }

  /** @throws DedupeStoreError */
  run(
    statement: Statement,
    params: readonly string[],
    run: RunStatement = this.#settings.run,
  ): Promise<readonly string[]> {
    return this.explain(statement.operation, () => run(statement, params))
  }

  /** @throws DedupeStoreError where the call fails, unless it throws an error of this suite by itself */
  async explain<T>(operation: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call()
    } catch (cause) {
      if (isWebhookError(cause)) throw cause
      throw explainFailure(operation, this.#settings.written, cause)
    }
  }
}

type StatementName = 'firstClaim' | 'claim' | 'lockedClaim' | 'completeOwned' | Operation
type Operation = 'extend' | 'acknowledge' | 'complete' | 'release' | 'fail' | 'forget' | 'isCompleted'

export function paramsOfCompletion(request: CompleteRequest): readonly string[] {
  const { key, token, fingerprint, retentionMs } = request
  return [writeKey(key), token, writeKey(fingerprint), ms(retentionMs)]
}

/** @throws DedupeStoreError where it is neither yes nor no */
export function readAnswer(row: string, operation: string): boolean {
  if (row !== 'true' && row !== 'false') throw noAnswer(operation)
  return row === 'true'
}

function readGrant(row: string): ClaimResult {
  const [, state, count, wait, content] = grantPattern.exec(row) ?? []
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
      throw noAnswer('claim')
  }
}

function ms(value: number): string {
  return String(Math.min(value, longestMs))
}

/** A statement always gives a row at the isolation level that it needs. */
export function noRow({ operation }: Statement): never {
  throw wrongIsolation(operation)
}

export function noAnswer(operation: string): DedupeStoreError {
  return storeFailure('postgres', operation, { reason: 'the client gave an answer that is none.' })
}
