import {
  type ClaimRequest,
  type ClaimResult,
  type CompleteRequest,
  type FailRequest,
  type MaybePromise,
  type OwnedKey,
  type ReleaseRequest,
  type ReleaseResult,
  writeKey,
} from '@countersign/core/stores'
import { prepare, type SqlValue, type Statement } from './connection/statement.js'
import type { StoreConnection } from './connection/store-connection.js'
import { readRow } from './read-answer.js'
import type { Statements } from './statements.js'
import { claim } from './transitions/claim.js'
import { complete, isCompleted } from './transitions/complete.js'
import { type DeliveryRow, isForgotten } from './transitions/delivery-row.js'
import { acknowledge, extend, fail, forget, release } from './transitions/settle.js'
import { after, type Change } from './transitions/transition.js'

/**
 * The operations on one record. Each reads, decides and writes in one transaction. Before that, a claim tries to add a record where
 * there is none, and a completion to change a claim that its token owns: each is one statement, which commits by itself and
 * changes nothing where it does not apply.
 */
export class SqliteRecords {
  readonly #connection: StoreConnection
  readonly #read: Statement
  readonly #write: Statement
  readonly #remove: Statement
  readonly #add: Statement
  readonly #completeOwned: Statement
  readonly #now: () => number

  constructor(
    connection: StoreConnection,
    { read, write, remove, add, completeOwned }: Statements,
    now: () => number,
  ) {
    this.#connection = connection
    this.#read = prepare(connection.database, read)
    this.#write = prepare(connection.database, write)
    this.#remove = prepare(connection.database, remove)
    this.#add = prepare(connection.database, add)
    this.#completeOwned = prepare(connection.database, completeOwned)
    this.#now = now
  }

  claim(request: ClaimRequest): MaybePromise<ClaimResult> {
    const change = claim(request)
    return this.#connection.run('claim', () => {
      const { answer, row } = change(undefined, this.#now())
      const { changes } = this.#add.run(...valuesOf(writeKey(request.key), row as DeliveryRow))
      return Number(changes) === 1
        ? answer
        : this.#connection.inTransaction(() => this.#decide(request.key, change))
    })
  }

  extend(request: OwnedKey & { readonly leaseMs: number }): MaybePromise<boolean> {
    return this.#change('extend', request.key, extend(request))
  }

  acknowledge(request: OwnedKey): MaybePromise<boolean> {
    return this.#change('acknowledge', request.key, acknowledge(request))
  }

  complete(request: CompleteRequest): MaybePromise<boolean> {
    const { key, token, fingerprint, retentionMs } = request
    return this.#connection.run('complete', () => {
      const now = this.#now()
      const values = [fingerprint, now, after(now, retentionMs), writeKey(key), token, now]
      if (Number(this.#completeOwned.run(...values).changes) === 1) return true
      return this.#connection.inTransaction(() => this.#decide(key, complete(request)))
    })
  }

  release(request: ReleaseRequest): MaybePromise<ReleaseResult> {
    return this.#change('release', request.key, release(request))
  }

  fail(request: FailRequest): MaybePromise<boolean> {
    return this.#change('fail', request.key, fail(request))
  }

  forget(request: { readonly key: string; readonly force?: boolean }): MaybePromise<boolean> {
    return this.#change('forget', request.key, forget(request))
  }

  isCompleted(request: OwnedKey): MaybePromise<boolean> {
    return this.#change('read the completion', request.key, isCompleted(request))
  }

  #change<T>(operation: string, key: string, change: Change<T>): MaybePromise<T> {
    return this.#connection.transact(operation, () => this.#decide(key, change))
  }

  #decide<T>(key: string, change: Change<T>): T {
    const written = writeKey(key)
    // Read inside the transaction: an operation that waited for the file must not decide by an earlier time.
    const now = this.#now()
    const found = readRow(this.#read.get(written))
    const { answer, row } = change(found && !isForgotten(found, now) ? found : undefined, now)
    if (row) this.#write.run(...valuesOf(written, row))
    if (row === null) this.#remove.run(written)
    return answer
  }
}

/** The values of the statements `write` and `add`. */
function valuesOf(key: string, row: DeliveryRow): SqlValue[] {
  const { state, attempts, token, fingerprint, leaseUntil, retainUntil, hold, acked, attemptedAt } = row
  const { runs, copies, event, code } = row
  return [
    key,
    state,
    attempts,
    token,
    fingerprint,
    leaseUntil,
    retainUntil,
    hold ? 1 : 0,
    acked ? 1 : 0,
    attemptedAt ?? null,
    runs,
    copies,
    event === undefined ? null : writeKey(event),
    code === undefined ? null : writeKey(code),
  ]
}
