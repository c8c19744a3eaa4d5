import {
  type ClaimRequest,
  type ClaimResult,
  type CompleteRequest,
  type DeliveryRecord,
  type FailRequest,
  type ListOptions,
  type OwnedKey,
  type RecordCounts,
  type ReleaseRequest,
  type ReleaseResult,
  storeFailure,
  writeKey,
} from '@countersign/core/stores'
import { explainFailure } from './explain-failure.js'
import { countRecords, type Inspection, listRecords } from './inspect-records.js'
import { proveClient } from './prove-client.js'
import { readClaim, readRecord, readRelease, readSet, readYes } from './read-answer.js'
import type { RedisStore } from './redis-store.js'
import type { Connection } from './resolve-client.js'
import { runScript } from './run-script.js'
import * as scripts from './scripts/scripts.js'
import { writeFirstClaim, writeNote, writePx, writeWord } from './write-record.js'

/** The operations of the Redis store. */
export class RedisRecords implements RedisStore {
  readonly name = 'redis'
  readonly shared = true
  readonly #connection: Connection
  readonly #prefix: string
  readonly #now: (() => number) | undefined
  readonly #inspection: Inspection
  #isProven = false
  #proof: Promise<void> | undefined

  constructor(connection: Connection, prefix: string, now: (() => number) | undefined) {
    this.#connection = connection
    this.#prefix = prefix
    this.#now = now
    this.#inspection = {
      masters: connection.masters,
      prefix: connection.keyPrefix + prefix,
      inspect: (key) => this.#ask('inspect', scripts.inspect, key, [], (answer) => readRecord(answer, key)),
    }
  }

  async claim(request: ClaimRequest): Promise<ClaimResult> {
    if (!this.#isProven) await this.#prove()
    const { key, token, fingerprint, leaseMs, retentionMs, hold, attemptedAt = '', event } = request
    // Most deliveries come once: for them a plain SET is all. What is held must not expire, which SET would have it do.
    if (!hold && (await this.#claimFirst(request))) return { state: 'claimed', attempts: 1 }
    const args = [
      writeWord(token),
      writeWord(fingerprint),
      `${leaseMs}`,
      `${retentionMs}`,
      hold ? 'hold' : '',
      `${attemptedAt}`,
      writeNote(event),
    ]
    return this.#ask('claim', scripts.claim, key, args, readClaim)
  }

  /** Once; after a failure again with the next claim, since what was missing may have been granted. */
  #prove(): Promise<void> {
    this.#proof ??= proveClient(this.#connection.send, this.#prefix)
      .then(() => {
        this.#isProven = true
      })
      .catch((cause) => {
        this.#proof = undefined
        throw failure('claim', cause)
      })
    return this.#proof
  }

  async #claimFirst(request: ClaimRequest): Promise<boolean> {
    const redisKey = this.#prefix + writeKey(request.key)
    const { value, px } = writeFirstClaim(request, this.#now?.())
    try {
      return readSet(await this.#connection.send(['SET', redisKey, value, 'NX', 'PX', px], redisKey))
    } catch (cause) {
      throw failure('claim', cause)
    }
  }

  extend({ key, token, leaseMs }: OwnedKey & { readonly leaseMs: number }): Promise<boolean> {
    return this.#ask('extend', scripts.extend, key, [writeWord(token), `${leaseMs}`], readYes)
  }

  acknowledge({ key, token }: OwnedKey): Promise<boolean> {
    return this.#ask('acknowledge', scripts.acknowledge, key, [writeWord(token)], readYes)
  }

  complete({ key, token, fingerprint, retentionMs }: CompleteRequest): Promise<boolean> {
    const args = [writeWord(token), writeWord(fingerprint), `${retentionMs}`]
    if (this.#now === undefined) args.push(writePx(retentionMs))
    return this.#ask('complete', scripts.complete, key, args, readYes)
  }

  release({ key, token, failFromAttempts, code }: ReleaseRequest): Promise<ReleaseResult> {
    const args = [writeWord(token), `${failFromAttempts ?? ''}`, writeNote(code)]
    return this.#ask('release', scripts.release, key, args, readRelease)
  }

  fail({ key, token, code }: FailRequest): Promise<boolean> {
    return this.#ask('fail', scripts.fail, key, [writeWord(token), writeNote(code)], readYes)
  }

  forget({ key, force }: { readonly key: string; readonly force?: boolean }): Promise<boolean> {
    return this.#ask('forget', scripts.forget, key, [force ? 'force' : ''], readYes)
  }

  async *list(options: ListOptions = {}): AsyncGenerator<DeliveryRecord> {
    try {
      yield* listRecords(this.#inspection, options.states)
    } catch (cause) {
      throw failure('list', cause)
    }
  }

  async count(): Promise<RecordCounts> {
    try {
      return await countRecords(this.#inspection)
    } catch (cause) {
      throw failure('count', cause)
    }
  }

  async #ask<T>(
    operation: string,
    script: scripts.Script,
    key: string,
    args: readonly string[],
    read: (answer: unknown) => T,
  ): Promise<T> {
    const now = this.#now === undefined ? '' : `${this.#now()}`
    try {
      const { send } = this.#connection
      return read(await runScript(send, script, this.#prefix + writeKey(key), [now, ...args]))
    } catch (cause) {
      throw failure(operation, cause)
    }
  }
}

function failure(operation: string, cause: unknown): Error {
  const reason = explainFailure(cause)
  return storeFailure('redis', operation, reason === undefined ? { cause } : { cause, reason })
}
