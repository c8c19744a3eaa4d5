import { type Contract, claimContract } from '../../../src/explorer/claim-contract.js'
import type { Scenario } from '../../../src/explorer/move.js'
import { type Rule, rules } from '../../../src/explorer/rules.js'

/** The contract, but for what a test changes about it. */
function changed(change: (...args: Parameters<Contract>) => ReturnType<Contract> | undefined): Contract {
  return (...args) => change(...args) ?? claimContract(...args)
}

/** Each flaw, the scenario in which it shows, and the rule that is to catch it. */
export const flawedContracts: readonly (readonly [string, Contract, Partial<Scenario>, Rule])[] = [
  [
    'a live claim could be taken over',
    changed((record, call, now, terms) =>
      call.operation === 'claim' && record?.state === 'claimed'
        ? claimContract({ ...record, leaseUntil: 0 }, call, now, terms)
        : undefined,
    ),
    {},
    rules.oneOwner,
  ],
  [
    'a claim was granted and not written down',
    changed((record, call) =>
      call.operation === 'claim' ? { record, answer: { state: 'claimed', attempts: 1 } } : undefined,
    ),
    {},
    rules.liveStart,
  ],
  [
    'what was released counted as completed',
    changed((record, call) =>
      call.operation === 'claim' && record?.state === 'free'
        ? { record, answer: { state: 'completed', attempts: 2 } }
        : undefined,
    ),
    {},
    rules.nothingLost,
  ],
  [
    'a claim that ended stayed in progress',
    changed((record, call) =>
      call.operation === 'claim' && record?.state === 'claimed'
        ? { record, answer: { state: 'in-progress', attempts: 2, wait: 1 } }
        : undefined,
    ),
    {},
    rules.nothingLost,
  ],
  [
    'the sender of a released claim were told that it is kept',
    changed((record, call, now, terms) =>
      call.operation === 'release' && record?.state === 'claimed' && record.owner === call.attempt
        ? { record: claimContract(record, call, now, terms).record, answer: 'failed' }
        : undefined,
    ),
    {},
    rules.honestAnswer,
  ],
  [
    'a completion was forgotten early',
    changed((record, call, now, terms) =>
      call.operation === 'claim' && record?.state === 'completed' && record.retainUntil - now < 3
        ? claimContract(undefined, call, now, terms)
        : undefined,
    ),
    {},
    rules.notAgain,
  ],
  [
    'extending moved the retention to the end of the lease',
    changed((record, call, now, terms) => {
      const { record: after, answer } = claimContract(record, call, now, terms)
      return call.operation === 'extend' && after?.state === 'claimed'
        ? { record: { ...after, retainUntil: after.leaseUntil }, answer }
        : undefined
    }),
    {},
    rules.retention,
  ],
  [
    'a late completion overwrote the claim of another',
    changed((record, call, now, terms) =>
      call.operation === 'complete' && record?.state === 'claimed'
        ? claimContract({ ...record, owner: call.attempt }, call, now, terms)
        : undefined,
    ),
    {},
    rules.stranger,
  ],
  [
    'a release without its token freed the claim',
    changed((record, call, now, terms) =>
      call.operation === 'release' && record?.state === 'claimed'
        ? claimContract({ ...record, owner: call.attempt }, call, now, terms)
        : undefined,
    ),
    {},
    rules.stranger,
  ],
  [
    'hold were ignored',
    (record, call, now, terms) => claimContract(record, call, now, { ...terms, hold: false }),
    { hold: true },
    rules.hold,
  ],
  [
    'copies of one attempt were counted',
    changed((record, call, now, terms) =>
      call.operation === 'claim' && record
        ? claimContract({ ...record, attemptedAt: undefined }, call, now, terms)
        : undefined,
    ),
    { signed: true, exhaustAfter: 2 },
    rules.exhausted,
  ],
  [
    'claims that meet a live one were counted',
    changed((record, call, now, terms) => {
      const { record: after, answer } = claimContract(record, call, now, terms)
      const isLive = typeof answer === 'object' && answer.state === 'in-progress'
      return isLive && after?.state === 'claimed'
        ? { record: { ...after, attempts: after.attempts + 1 }, answer }
        : undefined
    }),
    { signed: true, exhaustAfter: 2 },
    rules.exhausted,
  ],
  [
    'a release freed acked work',
    changed((record, call, now, terms) =>
      call.operation === 'release' && record?.state === 'claimed' && record.owner === call.attempt
        ? claimContract({ ...record, acked: false }, call, now, terms)
        : undefined,
    ),
    { deferred: true },
    rules.acked,
  ],
  [
    'taking over acked work made it work like any other',
    changed((record, call, now, terms) =>
      call.operation === 'claim' && record?.state === 'claimed' && record.owner !== call.attempt
        ? claimContract({ ...record, acked: false }, call, now, terms)
        : undefined,
    ),
    { deferred: true },
    rules.honestAnswer,
  ],
  [
    'an acknowledgement was answered and not written down',
    changed((record, call) => (call.operation === 'acknowledge' ? { record, answer: true } : undefined)),
    { deferred: true },
    rules.honestAnswer,
  ],
  [
    'acked work were open to the next claim like any other, and forgotten',
    (record, call, now, terms) => {
      const isOver = record?.state === 'claimed' && record.acked && now >= record.retainUntil
      return claimContract(isOver ? undefined : record, call, now, terms)
    },
    { deferred: true },
    rules.honestAnswer,
  ],
  [
    'a transaction completed over another owner',
    changed((record, call, now, terms) =>
      call.operation === 'commit' && record?.state === 'claimed'
        ? claimContract({ ...record, owner: call.attempt }, call, now, terms)
        : undefined,
    ),
    { transactional: true },
    rules.stranger,
  ],
  [
    'a transaction committed its effect where another had completed the event',
    changed((record, call) =>
      call.operation === 'commit' && record?.state === 'completed' ? { record, answer: true } : undefined,
    ),
    { transactional: true },
    rules.oneEffect,
  ],
  [
    'the event were completed after its transaction was rolled back',
    changed((record, call, now, terms) =>
      call.operation === 'release'
        ? { ...claimContract(record, { ...call, operation: 'complete' }, now, terms), answer: 'released' }
        : undefined,
    ),
    { transactional: true },
    rules.nothingLost,
  ],
  [
    'a claim were read as a completion',
    changed((record, call) =>
      call.operation === 'isCompleted' && record?.state === 'claimed'
        ? { record, answer: record.owner === call.attempt }
        : undefined,
    ),
    { transactional: true },
    rules.emptySuccess,
  ],
  [
    'a commit left the claim as it was',
    changed((record, call) =>
      call.operation === 'commit' && record?.state === 'claimed' && record.owner === call.attempt
        ? { record, answer: true }
        : undefined,
    ),
    { transactional: true },
    rules.notAgain,
  ],
]
