import type { ClaimRequest, ClaimResult, CompleteRequest, OwnedKey, ReleaseResult } from '@countersign/core'
import { rules } from '../../../src/explorer/rules.js'
import { type SimpleRecord, SimpleStore } from './simple-store.js'
import {
  ComparesOnlyWithTheLast,
  CountsCopies,
  CountsOnlyWhatIsSigned,
  CountsWhatItTellsToWait,
  ForgetsSignedTimesWithARelease,
} from './stores-that-miscount.js'

class ReleasesWithoutToken extends SimpleStore {
  override release(request: OwnedKey): ReleaseResult {
    const token = this.records.get(request.key)?.token ?? request.token
    return super.release({ ...request, token })
  }
}

class FreesSilentlyWithoutToken extends SimpleStore {
  override release(request: OwnedKey & { readonly failFromAttempts?: number }): ReleaseResult {
    const answer = super.release(request)
    const record = this.find(request.key)
    if (answer === 'lost' && record?.state === 'claimed') record.state = 'free'
    return answer
  }
}

class TakesOverLiveClaims extends SimpleStore {
  protected override isLive(): boolean {
    return false
  }
}

class NeverEndsALease extends SimpleStore {
  protected override isLive(record: SimpleRecord): boolean {
    return record.state === 'claimed'
  }
}

class EndsLeasesEarly extends SimpleStore {
  override extend(request: OwnedKey & { readonly leaseMs: number }): boolean {
    return super.extend({ ...request, leaseMs: request.leaseMs / 2 })
  }
}

class ExtendsOnlyLiveClaims extends SimpleStore {
  override extend(request: OwnedKey & { readonly leaseMs: number }): boolean {
    const record = this.find(request.key)
    return record !== undefined && this.isLive(record) && super.extend(request)
  }
}

class ShortensRetentionByExtending extends SimpleStore {
  override extend(request: OwnedKey & { readonly leaseMs: number }): boolean {
    const isExtended = super.extend(request)
    const record = this.find(request.key)
    if (isExtended && record) record.retainUntil = record.leaseUntil
    return isExtended
  }
}

class LengthensRetentionByExtending extends SimpleStore {
  override extend(request: OwnedKey & { readonly leaseMs: number }): boolean {
    const isExtended = super.extend(request)
    const record = this.find(request.key)
    if (isExtended && record) record.retainUntil = this.now + 5_000
    return isExtended
  }
}

class CompletesOverAnotherOwner extends SimpleStore {
  override complete(request: CompleteRequest): boolean {
    const record = this.records.get(request.key)
    if (record?.state === 'claimed') record.token = request.token
    return super.complete(request)
  }
}

class CompletesOverFailed extends SimpleStore {
  override complete(request: CompleteRequest): boolean {
    if (this.find(request.key)?.state === 'failed') this.records.delete(request.key)
    return super.complete(request)
  }
}

class CompletesOnlyLiveClaims extends SimpleStore {
  override complete(request: CompleteRequest): boolean {
    const record = this.find(request.key)
    return (record?.state !== 'claimed' || this.isLive(record)) && super.complete(request)
  }
}

class CompletesNothingForgotten extends SimpleStore {
  override complete(request: CompleteRequest): boolean {
    return this.find(request.key) !== undefined && super.complete(request)
  }
}

class RemembersHalfAsLong extends SimpleStore {
  override claim(request: ClaimRequest): ClaimResult {
    return super.claim({ ...request, retentionMs: request.retentionMs / 2 })
  }

  override complete(request: CompleteRequest): boolean {
    return super.complete({ ...request, retentionMs: request.retentionMs / 2 })
  }
}

class ForgetsCompletionsEarly extends SimpleStore {
  protected override isForgotten(record: SimpleRecord): boolean {
    const isOver = record.state === 'completed' && this.now >= record.retainUntil - 1_000
    return isOver || super.isForgotten(record)
  }
}

class NeverForgets extends SimpleStore {
  protected override isForgotten(): boolean {
    return false
  }
}

class FreesAckedWork extends SimpleStore {
  override release(request: OwnedKey): ReleaseResult {
    const record = this.records.get(request.key)
    if (record) record.acked = false
    return super.release(request)
  }
}

class ForgetsThatWorkWasAcked extends SimpleStore {
  protected override grant(request: ClaimRequest, known: SimpleRecord | undefined): ClaimResult {
    return super.grant(request, known && { ...known, acked: false })
  }
}

class ForgetsAckedWork extends SimpleStore {
  protected override isForgotten(record: SimpleRecord): boolean {
    return super.isForgotten({ ...record, acked: false })
  }
}

class ForgetsWhatFailed extends SimpleStore {
  protected override isForgotten(record: SimpleRecord): boolean {
    return record.state === 'failed' ? this.now >= record.retainUntil : super.isForgotten(record)
  }
}

class HandsOutWhatIsHeld extends SimpleStore {
  override claim(request: ClaimRequest): ClaimResult {
    return super.claim({ ...request, hold: false })
  }
}

class HandsOutWhatIsHeldToItsToken extends SimpleStore {
  override claim(request: ClaimRequest): ClaimResult {
    const record = this.find(request.key)
    if (record && this.isHeld(record) && record.token === request.token) return this.grant(request, record)
    return super.claim(request)
  }
}

class ExtendsWhatIsHeld extends SimpleStore {
  override extend(request: OwnedKey & { readonly leaseMs: number }): boolean {
    const record = this.find(request.key)
    if (!this.isOwned(record, request.token)) return false
    record.leaseUntil = this.now + request.leaseMs
    return true
  }
}

class CountsFromOneAfterRelease extends SimpleStore {
  override release(request: OwnedKey & { readonly failFromAttempts?: number }): ReleaseResult {
    const answer = super.release(request)
    if (answer === 'released') this.records.delete(request.key)
    return answer
  }
}

class CountsRepeatedClaims extends SimpleStore {
  override claim(request: ClaimRequest): ClaimResult {
    const record = this.find(request.key)
    if (this.isOwned(record, request.token)) record.attempts++
    return super.claim(request)
  }
}

class CountsOnlyWhatItGrants extends SimpleStore {
  override claim(request: ClaimRequest): ClaimResult {
    const result = super.claim(request)
    const record = this.find(request.key)
    if (record && ['completed', 'failed', 'held'].includes(result.state)) record.attempts--
    return result
  }
}

class NeverExhausts extends SimpleStore {
  override release({ key, token }: OwnedKey): ReleaseResult {
    return super.release({ key, token })
  }
}

class IgnoresContent extends SimpleStore {
  override claim(request: ClaimRequest): ClaimResult {
    const result = super.claim(request)
    return result.state === 'completed' ? { ...result, sameFingerprint: true } : result
  }
}

class TellsToWaitTooLong extends SimpleStore {
  override claim(request: ClaimRequest): ClaimResult {
    const result = super.claim(request)
    return result.state === 'in-progress' ? { ...result, retryAfterMs: result.retryAfterMs * 2 } : result
  }
}

class ForgetsLiveClaims extends SimpleStore {
  override forget(request: { readonly key: string }): boolean {
    return super.forget({ ...request, force: true })
  }
}

class Throws extends SimpleStore {
  override fail(): boolean {
    throw new TypeError('fail is not a function')
  }
}

/** Wrong only where an extension comes late: its worker sends none after the lease it knows of. */
class ExtendsOverAnotherOwner extends SimpleStore {
  override extend(request: OwnedKey & { readonly leaseMs: number }): boolean {
    const record = this.find(request.key)
    if (record?.state === 'claimed') record.token = request.token
    return super.extend(request)
  }
}

/** Wrong only where calls come late, and the rule that is to catch it. */
export const storesFlawedWhenLate = [
  ['gives a claim back to an owner whose extension comes late', ExtendsOverAnotherOwner, rules.stranger],
  ['does not extend a lease that ended and nobody took over', ExtendsOnlyLiveClaims, rules.answer],
  ['extends what is held', ExtendsWhatIsHeld, rules.stranger],
] as const

/** Each wrong in one way, and the rule that is to catch it. */
export const flawedStores = [
  ['releases without looking at the token', ReleasesWithoutToken, rules.stranger],
  ['says lost, and frees the claim all the same', FreesSilentlyWithoutToken, rules.oneOwner],
  ['hands out a claim whose lease lives', TakesOverLiveClaims, rules.oneOwner],
  ['never ends a lease', NeverEndsALease, rules.nothingLost],
  ['extends by less than it is asked to', EndsLeasesEarly, rules.oneOwner],
  ['shortens the retention when a claim is extended', ShortensRetentionByExtending, rules.retention],
  ['lengthens the retention when a claim is extended', LengthensRetentionByExtending, rules.noLonger],
  ['completes over another owner', CompletesOverAnotherOwner, rules.stranger],
  ['completes what has failed', CompletesOverFailed, rules.stranger],
  ['does not complete after the lease', CompletesOnlyLiveClaims, rules.answer],
  ['does not complete what is forgotten', CompletesNothingForgotten, rules.answer],
  ['remembers for half the retention', RemembersHalfAsLong, rules.retention],
  ['forgets a completion too early', ForgetsCompletionsEarly, rules.notAgain],
  ['never forgets', NeverForgets, rules.noLonger],
  ['frees acked work that is released', FreesAckedWork, rules.acked],
  ['takes over acked work as if it were not', ForgetsThatWorkWasAcked, rules.acked],
  ['forgets acked work after its retention', ForgetsAckedWork, rules.retention],
  ['forgets what failed after its retention', ForgetsWhatFailed, rules.failed],
  ['hands out what is held', HandsOutWhatIsHeld, rules.hold],
  ['hands out what is held to its own token', HandsOutWhatIsHeldToItsToken, rules.hold],
  ['forgets the attempts with a release', CountsFromOneAfterRelease, rules.retention],
  ['counts a claim that its owner repeats', CountsRepeatedClaims, rules.counted],
  ['counts only the claims it grants', CountsOnlyWhatItGrants, rules.counted],
  ['counts claims that it tells to wait', CountsWhatItTellsToWait, rules.counted],
  ['counts copies', CountsCopies, rules.counted],
  ['compares signed times only with the last one', ComparesOnlyWithTheLast, rules.counted],
  ['forgets signed times with a release', ForgetsSignedTimesWithARelease, rules.counted],
  ['counts only what has a signed time', CountsOnlyWhatIsSigned, rules.counted],
  ['never fails an event for its attempts', NeverExhausts, rules.answer],
  ['takes any content for the same', IgnoresContent, rules.answer],
  ['says to wait longer than the lease', TellsToWaitTooLong, rules.answer],
  ['forgets a live claim without force', ForgetsLiveClaims, rules.answer],
  ['throws', Throws, rules.answer],
] as const
