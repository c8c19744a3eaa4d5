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
import { checkClient } from './commands/check-client.js'
import { writeFirstClaim, writeNote, writePx, writeWord } from './commands/write-fields.js'
import { describeFailure } from './describe-failure.js'
import type { RedisSettings } from './options.js'
import { readBoolean, readClaim, readRelease, readSet } from './read-answer.js'
import { claim } from './scripts/claim.js'
import { complete } from './scripts/complete.js'
import type { Script } from './scripts/script.js'
import { describeErrors, type ScriptRunner } from './scripts/script-runner.js'
import { acknowledge, extend, fail, forget, release } from './scripts/settle.js'

/** The operations on one record. Each is one script, and a first claim one SET. */
export class RedisRecords {
  readonly #runner: ScriptRunner
  readonly #settings: RedisSettings
  #isChecked = false
  #check: Promise<void> | undefined

  constructor(runner: ScriptRunner, settings: RedisSettings) {
    this.#runner = runner
    this.#settings = settings
  }

  async claim(request: ClaimRequest): Promise<ClaimResult> {
    if (!this.#isChecked) await this.#checkClient()
    const { key, token, fingerprint, leaseMs, retentionMs, hold, attemptedAt = '', event } = request
    // Most deliveries come once, and a plain SET claims those. A claim with hold must not expire, which SET would have it do.
    if (!hold && (await this.#claimFirst(request))) return { state: 'claimed', attempts: 1 }
    const owner = [writeWord(token), writeWord(fingerprint)]
    const times = [`${leaseMs}`, `${retentionMs}`, hold ? 'hold' : '', `${attemptedAt}`]
    return this.#runner.run('claim', claim, {
      key,
      args: [...owner, ...times, writeNote(event)],
      read: readClaim,
    })
  }

  /** Checks the client once. After a failure the next claim checks again, since the missing right may have been granted. */
  #checkClient(): Promise<void> {
    const { connection, prefix } = this.#settings
    this.#check ??= describeErrors('claim', () => checkClient(connection.send, prefix))
      .then(() => {
        this.#isChecked = true
      })
      .catch((error) => {
        this.#check = undefined
        throw error
      })
    return this.#check
  }

  async #claimFirst(request: ClaimRequest): Promise<boolean> {
    const { connection, prefix, now } = this.#settings
    const key = prefix + writeKey(request.key)
    const { value, px } = writeFirstClaim(request, now?.())
    try {
      return readSet(await connection.send(['SET', key, value, 'NX', 'PX', px], key))
    } catch (cause) {
      throw describeFailure('claim', cause)
    }
  }

  extend({ key, token, leaseMs }: OwnedKey & { readonly leaseMs: number }): Promise<boolean> {
    return this.#change('extend', extend, key, [writeWord(token), `${leaseMs}`])
  }

  acknowledge({ key, token }: OwnedKey): Promise<boolean> {
    return this.#change('acknowledge', acknowledge, key, [writeWord(token)])
  }

  complete({ key, token, fingerprint, retentionMs }: CompleteRequest): Promise<boolean> {
    const args = [writeWord(token), writeWord(fingerprint), `${retentionMs}`]
    if (this.#settings.now === undefined) args.push(writePx(retentionMs))
    return this.#change('complete', complete, key, args)
  }

  release({ key, token, failFromAttempts, code }: ReleaseRequest): Promise<ReleaseResult> {
    const args = [writeWord(token), `${failFromAttempts ?? ''}`, writeNote(code)]
    return this.#runner.run('release', release, { key, args, read: readRelease })
  }

  fail({ key, token, code }: FailRequest): Promise<boolean> {
    return this.#change('fail', fail, key, [writeWord(token), writeNote(code)])
  }

  forget({ key, force }: { readonly key: string; readonly force?: boolean }): Promise<boolean> {
    return this.#change('forget', forget, key, [force ? 'force' : ''])
  }

  #change(operation: string, script: Script, key: string, args: readonly string[]): Promise<boolean> {
    return this.#runner.run(operation, script, { key, args, read: readBoolean })
  }
}
