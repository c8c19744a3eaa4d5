import { setTimeout as sleep } from 'node:timers/promises'
import type { StoreBackend } from '@countersign/conformance'
import type { ClaimRequest } from '@countersign/core'
import { interceptStore } from '../../../src/store-contract/intercept-store.js'
import type { SimpleRecord } from '../../explorer/support/simple-store.js'
import { type BoundedStore, DropsTheOldest, KeepsWhatIsFree, NeverFull } from './bounded-stores.js'
import {
  CountsRepeatedClaimsAsRuns,
  CountsWhatWaitsAsCopies,
  CutsNames,
  KeepsTheCodeOfBefore,
  KeepsTheCodeOfWhatIsDone,
  ListsWhatCountsAsAttempts,
  NamesItAfterACopy,
  NotesNothing,
  SaysNoTimeOfAFailure,
  TakesAnEmptyCodeForOne,
} from './flawed-record-details.js'
import {
  BelievesAnyClock,
  ClosesTheBackend,
  CompletesBesideTheTransaction,
  CompletesWhatIsGone,
  CountsTheForgotten,
  CrashesOnFractions,
  EndsOnItsFirstClose,
  ForgetsWhoCompleted,
  IsolatesNothing,
  ListsFreeByDefault,
  ListsInPages,
  ListsOrphansAsHeld,
  ListsTheForgotten,
  ProlongsByClaims,
  SaysSinceTheLastClaim,
  ShortensRepeatedClaims,
  TakesAnyTransaction,
  TakesZeroForNone,
  withKeys,
} from './flawed-sound-stores.js'
import { breakStore, ownClock, soundBackend } from './sound-backend.js'
import { SoundStore } from './sound-store.js'

const fastClock = { now: () => 2 * performance.now(), monotonic: () => 2 * performance.now() }

/** Backends with one flaw each, and the case that must catch it. */
export const flawedBackends: readonly (readonly [flaw: string, failing: string, StoreBackend])[] = [
  [
    'trusts a clock that returns no number',
    'while its clock returns no finite number, every operation rejects with DedupeStoreError and nothing changes',
    soundBackend(BelievesAnyClock),
  ],
  [
    'crashes on fractions',
    '0 and fractions of a millisecond are valid times',
    soundBackend(CrashesOnFractions),
  ],
  [
    'treats 0 as no value',
    '0 and fractions of a millisecond are valid times',
    soundBackend(TakesZeroForNone),
  ],
  [
    'shortens a lease on a repeated claim',
    'a claim that its owner repeats lasts longer, never shorter',
    soundBackend(ShortensRepeatedClaims),
  ],
  [
    'prolongs a retention with claims',
    'claims of a completed event do not prolong its retention',
    soundBackend(ProlongsByClaims),
  ],
  [
    'ignores the case of keys',
    'every string is a key, and no two strings are the same key',
    soundBackend(withKeys((key) => key.toLowerCase())),
  ],
  [
    'ignores trailing spaces',
    'every string is a key, and no two strings are the same key',
    soundBackend(withKeys((key) => key.trimEnd())),
  ],
  [
    'cuts keys off',
    'every string is a key, and no two strings are the same key',
    soundBackend(withKeys((key) => key.slice(0, 2_000))),
  ],
  [
    'ends keys at their first NUL',
    'every string is a key, and no two strings are the same key',
    soundBackend(withKeys((key) => key.split('\0')[0] ?? '')),
  ],
  [
    'writes keys as UTF-8',
    'every string is a key, and no two strings are the same key',
    soundBackend(withKeys((key) => new TextDecoder().decode(new TextEncoder().encode(key)))),
  ],
  [
    'lists keys in its own encoding',
    'keys are listed unchanged',
    soundBackend(withKeys((key) => JSON.stringify(key))),
  ],
  [
    'lists forgotten records',
    'records past their retention are neither listed nor counted, except those that are kept',
    soundBackend(ListsTheForgotten),
  ],
  [
    'counts forgotten records',
    'records past their retention are neither listed nor counted, except those that are kept',
    soundBackend(CountsTheForgotten),
  ],
  [
    'skips records while others are forgotten',
    'thousands of records are listed once each, even while they are being forgotten',
    soundBackend(ListsInPages),
  ],
  [
    'lists free records by default',
    'unless states are given, all records are listed that are neither free nor completed',
    soundBackend(ListsFreeByDefault),
  ],
  [
    'lists orphans as held',
    'records of every state are listed, with their attempts, the lease left and the time since',
    soundBackend(ListsOrphansAsHeld),
  ],
  [
    'lists failures as new',
    'the time since a failure does not change when the event is sent again',
    soundBackend(SaysSinceTheLastClaim),
  ],
  [
    'completes outside of the transaction',
    'a completion is rolled back with its transaction, and the claim is unchanged',
    soundBackend(CompletesBesideTheTransaction),
  ],
  [
    'accepts anything as a transaction',
    'a value that is not a transaction is refused as an invalid option and changes nothing',
    soundBackend(TakesAnyTransaction),
  ],
  [
    'commits a record that is gone',
    'a transaction completes only claimed events: none that are gone, free or failed',
    soundBackend(CompletesWhatIsGone),
  ],
  [
    'does not store who completed',
    'a completion is committed with its transaction',
    soundBackend(ForgetsWhoCompleted),
  ],
  [
    'shows uncommitted changes',
    'while a transaction is open, nobody else gets the event or finds it completed',
    soundBackend(IsolatesNothing),
  ],
  [
    'closes its backend when it is closed',
    'closing twice is harmless, and does not affect other or new instances',
    soundBackend(ClosesTheBackend),
  ],
  [
    'can be closed only once',
    'closing twice is harmless, and does not affect other or new instances',
    soundBackend(EndsOnItsFirstClose),
  ],
  [
    'keeps records to each instance',
    'every change by one instance is visible to another',
    { ...soundBackend(), createStore: ({ clock = ownClock }) => new SoundStore(clock) },
  ],
  [
    'reads first and writes later',
    'of a hundred claims at once, one is granted and only that one is counted',
    readsAndWritesLater(),
  ],
  [
    'uses only its own clock',
    'a claim ends exactly with its lease, and the next one is granted',
    { ...soundBackend(), createStore: ({ space }) => soundBackend().createStore({ space }) },
  ],
  [
    'has a clock that is fast',
    'leases and retentions end by the backend’s own clock, not earlier',
    {
      ...soundBackend(),
      createStore: ({ space, clock = fastClock }) => soundBackend().createStore({ space, clock }),
    },
  ],
  ...notingBackends(),
  ...boundedBackends(),
  ...brokenBackends(),
]

/** Stores that store wrong details for the operator, or none. */
function notingBackends(): (readonly [flaw: string, failing: string, StoreBackend])[] {
  const after = 'after a failed attempt, the list shows which event it was, why it failed and when'
  const lasts = 'a code is kept until the next attempt, and neither an expired lease nor a success has one'
  const counts = 'attempts are runs of the handler, and deliveries that did not run are counted as copies'
  const names = 'an event keeps the name of its last attempt, and a forgotten event has none'
  const texts = 'names and codes are listed unchanged, and an empty one counts as none'
  const flaws = [
    ['stores neither event nor code', after, NotesNothing],
    ['does not store when a released event failed', after, SaysNoTimeOfAFailure],
    ['keeps the code of the previous attempt', lasts, KeepsTheCodeOfBefore],
    ['keeps the code of a completed event', lasts, KeepsTheCodeOfWhatIsDone],
    ['lists what counts towards the limit as attempts', counts, ListsWhatCountsAsAttempts],
    ['counts a claim that its owner repeats as a run', counts, CountsRepeatedClaimsAsRuns],
    ['counts waiting deliveries as copies', counts, CountsWhatWaitsAsCopies],
    ['names an event after a copy', names, NamesItAfterACopy],
    ['cuts names off', texts, CutsNames],
    ['lists an empty code', texts, TakesAnEmptyCodeForOne],
  ] as const
  return flaws.map(([flaw, failing, Store]) => [flaw, failing, soundBackend(Store)])
}

/** Stores of a limited size that drop the wrong record, or none. */
function boundedBackends(): (readonly [flaw: string, failing: string, StoreBackend])[] {
  const makesRoom = 'a full store drops released or expired events to make room for new ones'
  const keepsRest =
    'a full store refuses a new event rather than drop one that is live, completed, failed, held or acked'
  const bounded = (Store: typeof BoundedStore): StoreBackend => ({
    ...soundBackend(),
    createBoundedStore: ({ clock, maxEntries }) => new Store(clock, maxEntries),
  })
  return [
    ['keeps free records while it is full', makesRoom, bounded(KeepsWhatIsFree)],
    ['drops the oldest record, whatever its state', keepsRest, bounded(DropsTheOldest)],
    ['grows beyond its limit', makesRoom, bounded(NeverFull)],
    ['never reports that it is full', keepsRest, bounded(NeverFull)],
  ]
}

/** Claims in two steps, so that others can claim in between. */
function readsAndWritesLater(): StoreBackend {
  const backend = soundBackend()
  return {
    ...backend,
    async createStore(options) {
      const store = (await backend.createStore(options)) as SoundStore
      const claim = async (request: ClaimRequest) => {
        const seen = structuredClone((store as unknown as { records: Map<string, SimpleRecord> }).records)
        await sleep(1)
        return new SoundStore(options.clock ?? ownClock, seen).claim(request)
      }
      return Object.assign(Object.create(interceptStore(store, (_, call) => call())), { claim })
    },
  }
}

/** Stores that do not report a failure of their backend. */
function brokenBackends(): (readonly [flaw: string, failing: string, StoreBackend])[] {
  const answering = (answer: (operation: string) => unknown): StoreBackend => ({
    ...soundBackend(),
    createBrokenStore: (fault) =>
      fault === 'silent'
        ? breakStore(new SoundStore(ownClock), fault)
        : interceptStore(breakStore(new SoundStore(ownClock), fault), (operation, call) =>
            ['close', 'list'].includes(operation) ? call() : answer(operation),
          ),
  })
  const down = 'if the backend is down, every operation rejects with DedupeStoreError'
  const nonsense = 'if the backend answers nonsense, every operation rejects with DedupeStoreError'
  return [
    [
      'runs everything while its backend is down',
      'a receiver whose backend is down answers 503 and runs nothing',
      answering(() => ({ state: 'claimed', attempts: 1 })),
    ],
    [
      'answers completed while its backend is down',
      'a receiver whose backend is down answers 503 and runs nothing',
      answering(() => ({ state: 'completed', attempts: 1, sameFingerprint: true })),
    ],
    ['passes its client’s errors on', down, answering(() => Promise.reject(new Error('connection refused')))],
    ['accepts nonsense as an answer', nonsense, answering(() => undefined)],
  ]
}
