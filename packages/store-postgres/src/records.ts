import {
  type ClaimRequest,
  type ClaimResult,
  type CompleteRequest,
  type FailRequest,
  type OwnedKey,
  type ReleaseRequest,
  type ReleaseResult,
  writeKey,
} from '@countersign/core/stores'
import { sqlStateOf } from './describe-failure.js'
import type { PostgresSettings } from './options.js'
import { readBoolean, readClaim, readLockedClaim, readRelease } from './read-answer.js'
import { claimStatement, firstClaimStatement, lockedClaimStatement } from './statements/claim.js'
import { completeOwnedStatement, completeStatement, isCompletedStatement } from './statements/complete.js'
import { paramsOfCompletion, writeMs } from './statements/params.js'
import {
  acknowledgeStatement,
  extendStatement,
  failStatement,
  forgetStatement,
  releaseStatement,
} from './statements/settle.js'
import type { StatementRunner } from './statements/statement-runner.js'

/** The operations on one record. Each is one statement that decides and changes by itself. */
export class PostgresRecords {
  readonly #runner: StatementRunner
  readonly #lockTimeoutMs: number
  readonly #statements

  constructor(runner: StatementRunner, settings: PostgresSettings) {
    this.#runner = runner
    this.#lockTimeoutMs = settings.lockTimeoutMs
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
    const times = [writeMs(leaseMs), writeMs(retentionMs), String(hold), String(attemptedAt)]
    const params = [written, token, ...times, writeKey(event)]
    const { firstClaim, claim } = this.#statements
    try {
      const [first] = await this.#runner.runAtTime(firstClaim, params)
      if (first !== undefined) return readClaim(first)
      const [row] = await this.#runner.runAtTime(claim, [...params, writeKey(fingerprint)])
      return readClaim(row)
    } catch (error) {
      if (sqlStateOf(error) !== lockNotAvailable) throw error
      return this.#claimLocked(written)
    }
  }

  /** Another transaction is changing the record: one of the user's that completes it, for example. */
  async #claimLocked(key: string): Promise<ClaimResult> {
    const [row] = await this.#runner.runAtTime(this.#statements.lockedClaim, [key])
    return readLockedClaim(row, this.#lockTimeoutMs)
  }

  extend({ key, token, leaseMs }: OwnedKey & { readonly leaseMs: number }): Promise<boolean> {
    return this.#change('extend', [writeKey(key), token, writeMs(leaseMs)])
  }

  acknowledge({ key, token }: OwnedKey): Promise<boolean> {
    return this.#change('acknowledge', [writeKey(key), token])
  }

  async complete(request: CompleteRequest): Promise<boolean> {
    const params = paramsOfCompletion(request)
    const [owned] = await this.#runner.runAtTime(this.#statements.completeOwned, params)
    return owned === undefined ? this.#change('complete', params) : readBoolean(owned, 'complete')
  }

  async release(request: ReleaseRequest): Promise<ReleaseResult> {
    const { key, token, failFromAttempts = Number.POSITIVE_INFINITY, code = '' } = request
    const params = [writeKey(key), token, String(failFromAttempts), writeKey(code)]
    const [row] = await this.#runner.runAtTime(this.#statements.release, params)
    return readRelease(row)
  }

  fail({ key, token, code = '' }: FailRequest): Promise<boolean> {
    return this.#change('fail', [writeKey(key), token, writeKey(code)])
  }

  forget({ key, force = false }: { readonly key: string; readonly force?: boolean }): Promise<boolean> {
    return this.#change('forget', [writeKey(key), String(force)])
  }

  /** Whether the token's completion is committed, as any connection sees it. */
  isCompleted({ key, token }: OwnedKey): Promise<boolean> {
    return this.#change('isCompleted', [writeKey(key), token])
  }

  async #change(
    operation: 'extend' | 'acknowledge' | 'complete' | 'fail' | 'forget' | 'isCompleted',
    params: readonly string[],
  ): Promise<boolean> {
    const statement = this.#statements[operation]
    const [row] = await this.#runner.runAtTime(statement, params)
    return readBoolean(row, statement.operation)
  }
}

/** SQLSTATE of a statement that waited for longer than `lock_timeout`. */
const lockNotAvailable = '55P03'
