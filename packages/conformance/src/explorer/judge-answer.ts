import type { ClaimResult } from '@countersign/core'
import {
  type Answer,
  type ClaimAnswer,
  type ClaimRecord,
  isPositive,
  type StoreCall,
} from './claim-contract.js'
import { type Rule, rules } from './rules.js'

/** A call that reached a store. */
export interface Answered {
  readonly call: StoreCall
  /** What the store should have remembered then. */
  readonly record: ClaimRecord
  readonly expected: Answer
  /** Whatever the store answered, or threw. */
  readonly actual: unknown
}

/** The rule that a store's answer breaks, where it is not the contract's. */
export function judgeAnswer(answered: Answered, stepMs: number): Rule | undefined {
  const { call, record, expected, actual } = answered
  if (expected === undefined || actual === expected) return undefined
  if (typeof expected === 'object') return judgeClaim(answered, expected, stepMs)
  if (call.operation === 'forget') return rules.answer
  if (call.operation === 'isCompleted') return actual === true ? rules.emptySuccess : rules.answer
  if (isPositive(actual) && !isPositive(expected)) {
    return call.operation === 'commit' && record?.state === 'completed' ? rules.oneEffect : rules.stranger
  }
  const isAcked = record?.state === 'claimed' && record.acked
  return isAcked && call.operation === 'release' ? rules.acked : rules.answer
}

const notToBeClaimed = {
  'in-progress': rules.oneOwner,
  completed: rules.notAgain,
  failed: rules.failed,
  held: rules.hold,
  claimed: rules.answer,
} as const satisfies Record<ClaimAnswer['state'], Rule>

function judgeClaim(
  { call, record, actual }: Answered,
  expected: ClaimAnswer,
  stepMs: number,
): Rule | undefined {
  if (!isClaimResult(actual)) return rules.answer
  if (actual.state !== expected.state) {
    if (actual.state === 'claimed') return notToBeClaimed[expected.state]
    return expected.state === 'claimed' ? rules.nothingLost : rules.answer
  }
  if (actual.state === 'in-progress') {
    const longest = (expected.wait ?? 0) * stepMs
    if (!(actual.retryAfterMs > 0 && actual.retryAfterMs <= longest)) return rules.answer
  }
  if (actual.state === 'completed' && actual.sameFingerprint === (call.otherContent === true))
    return rules.answer
  if (expected.attempts === undefined || actual.attempts === expected.attempts) return undefined
  if (record?.state === 'claimed' && record.owner === call.attempt) return rules.counted
  if (record === undefined) return rules.noLonger
  return actual.attempts === 1 ? rules.retention : rules.counted
}

function isClaimResult(answer: unknown): answer is ClaimResult {
  return typeof answer === 'object' && answer !== null && 'state' in answer && 'attempts' in answer
}
