import { type ClaimRecord, type Contract, isPositive, recordAt } from './claim-contract.js'
import type { Move, Scenario } from './move.js'
import { type Rule, rules } from './rules.js'
import { type Attempt, countSigned, type World } from './world.js'

/** A move out of a world. */
export interface Transition {
  readonly before: World
  readonly move: Move
}

/** Those in which a handler's work may go on. */
const phasesAtWork: ReadonlySet<Attempt['phase']> = new Set(['claimed', 'running', 'deferred', 'acked'])

type Check = (transition: Transition, scenario: Scenario, contract: Contract) => boolean

/** Each looks only at what it must, so that a rule changed in the contract is checked by the others. */
const checks: readonly (readonly [Rule, Check])[] = [
  [
    rules.oneOwner,
    ({ move: { after } }) => {
      const atWork = after.attempts.filter(({ phase }) => phasesAtWork.has(phase))
      return atWork.filter(({ leaseEnd }) => after.now < leaseEnd).length <= 1
    },
  ],
  [
    rules.liveStart,
    ({ before: { record, now }, move: { starts, attempt } }) =>
      !starts || (record?.state === 'claimed' && record.owner === attempt && now < record.leaseUntil),
  ],
  [
    rules.acked,
    ({ before, move: { call, after } }) => {
      const known = recordAt(before.record, before.now)
      if (call?.operation !== 'release' || known?.state !== 'claimed' || !known.acked) return true
      return known.owner !== call.attempt || after.record?.state === 'failed'
    },
  ],
  [
    rules.exhausted,
    ({ before, move: { call, answer, after } }, { signed, exhaustAfter = 0 }) => {
      const known = recordAt(before.record, before.now)
      const isAcked = known?.state === 'claimed' && known.acked
      if (!signed || isAcked || call?.operation !== 'release' || answer !== 'failed') return true
      return countSigned(after.attempts) >= exhaustAfter
    },
  ],
  [
    rules.emptySuccess,
    ({ move: { tells, after } }, { transactional }) =>
      !transactional || after.past.succeeded || (tells !== 'processed' && tells !== 'duplicate'),
  ],
  [
    rules.oneEffect,
    ({ before: { past, now }, move: { call, answer } }) =>
      call?.operation !== 'commit' || answer !== true || !past.succeeded || now >= past.completedUntil,
  ],
  [
    rules.honestAnswer,
    ({ move: { tells, after } }) => {
      if (after.past.succeeded) return true
      return tells !== 'processed' && tells !== 'duplicate' && (!after.past.promised || isKept(after.record))
    },
  ],
  [
    rules.nothingLost,
    ({ move: { after } }, scenario, contract) => {
      if (after.past.succeeded || isKept(after.record)) return true
      const at = after.record?.state === 'claimed' ? Math.max(after.now, after.record.leaseUntil) : after.now
      const { answer } = contract(
        recordAt(after.record, at),
        { operation: 'claim', attempt: -1, attemptedAt: undefined },
        at,
        scenario,
      )
      return typeof answer === 'object' && answer.state === 'claimed'
    },
  ],
  [rules.notAgain, ({ before, move: { starts } }) => !starts || before.now >= before.past.completedUntil],
  [
    rules.retention,
    ({ before, move: { call, after } }) => {
      const known = recordAt(before.record, before.now)
      if (call === undefined || known === undefined) return true
      // A release after the retention forgets at once.
      if (after.record === undefined) return before.now >= known.retainUntil
      return after.record.retainUntil >= known.retainUntil
    },
  ],
  [
    rules.stranger,
    ({ before, move: { call, answer, after } }) => {
      const known = recordAt(before.record, before.now)
      if (call === undefined || call.operation === 'claim' || !isOfAnother(known, call.attempt)) return true
      return after.record === known && !isPositive(answer)
    },
  ],
  [
    rules.hold,
    ({ before, move: { starts } }, scenario) => !starts || !scenario.hold || before.past.open.length === 0,
  ],
]

/** The first rule that the transition breaks. */
export function brokenRule(transition: Transition, scenario: Scenario, contract: Contract): Rule | undefined {
  return checks.find(([, holds]) => !holds(transition, scenario, contract))?.[0]
}

/** Neither retention nor another attempt takes it away. */
function isKept(record: ClaimRecord): boolean {
  return record?.state === 'failed' || (record?.state === 'claimed' && (record.hold || record.acked))
}

function isOfAnother(record: ClaimRecord, attempt: number): boolean {
  return record?.state === 'failed' || (record?.state === 'claimed' && record.owner !== attempt)
}
