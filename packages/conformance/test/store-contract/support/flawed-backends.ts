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
} from './flawed-notes.js'
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

/** Each wrong in one way, and the case that is to catch it. */
export const flawedBackends: readonly (readonly [flaw: string, failing: string, StoreBackend])[] = [
  [
    'believes a clock that gives no number',
    'while its clock gives no finite number, every operation rejects with DedupeStoreError, and nothing changes',
    soundBackend(BelievesAnyClock),
  ],
  [
    'crashes on fractions',
    'times of 0 and fractions of a millisecond are times',
    soundBackend(CrashesOnFractions),
  ],
  [
    'takes 0 for no value',
    'times of 0 and fractions of a millisecond are times',
    soundBackend(TakesZeroForNone),
  ],
  [
    'shortens a lease that is claimed again',
    'a claim that its owner repeats lasts longer, never shorter',
    soundBackend(ShortensRepeatedClaims),
  ],
  [
    'prolongs a retention with claims',
    'claims of what is completed do not prolong its retention',
    soundBackend(ProlongsByClaims),
  ],
  [
    'takes keys of another case for the same',
    'every string is a key, and no two are the same',
    soundBackend(withKeys((key) => key.toLowerCase())),
  ],
  [
    'takes blanks at the end for nothing',
    'every string is a key, and no two are the same',
    soundBackend(withKeys((key) => key.trimEnd())),
  ],
  [
    'cuts keys off',
    'every string is a key, and no two are the same',
    soundBackend(withKeys((key) => key.slice(0, 2_000))),
  ],
  [
    'ends keys with their first NUL',
    'every string is a key, and no two are the same',
    soundBackend(withKeys((key) => key.split('\0')[0] ?? '')),
  ],
  [
    'writes keys as UTF-8',
    'every string is a key, and no two are the same',
    soundBackend(withKeys((key) => new TextDecoder().decode(new TextEncoder().encode(key)))),
  ],
  [
    'lists keys as it writes them',
    'keys are listed as they were given',
    soundBackend(withKeys((key) => JSON.stringify(key))),
  ],
  [
    'lists what is forgotten',
    'what is past its retention is neither listed nor counted, and what is kept is',
    soundBackend(ListsTheForgotten),
  ],
  [
    'counts what is forgotten',
    'what is past its retention is neither listed nor counted, and what is kept is',
    soundBackend(CountsTheForgotten),
  ],
  [
    'skips records while others are forgotten',
    'thousands of records are listed once each, also while they are forgotten',
    soundBackend(ListsInPages),
  ],
  [
    'lists what is free unasked',
    'all but what is free or completed is listed unless states are asked for',
    soundBackend(ListsFreeByDefault),
  ],
  [
    'lists orphans as held',
    'records of every state are listed, with their attempts, the lease left and the time since',
    soundBackend(ListsOrphansAsHeld),
  ],
  [
    'lists failures as new',
    'the time since a failure stands, however often the event comes again',
    soundBackend(SaysSinceTheLastClaim),
  ],
  [
    'completes beside the transaction',
    'a completion is rolled back with the transaction it was written in, and the claim stands as before',
    soundBackend(CompletesBesideTheTransaction),
  ],
  [
    'takes anything for a transaction',
    'what is no transaction is refused as a wrong option, and changes nothing',
    soundBackend(TakesAnyTransaction),
  ],
  [
    'commits what is gone',
    'a transaction completes only what is claimed: nothing that is gone, free or failed',
    soundBackend(CompletesWhatIsGone),
  ],
  [
    'does not say who completed',
    'a completion is committed with the transaction it was written in',
    soundBackend(ForgetsWhoCompleted),
  ],
  [
    'shows what is not committed',
    'while a transaction is open, nobody gets the event, nor is told that it is done',
    soundBackend(IsolatesNothing),
  ],
  [
    'takes the backend along when it is closed',
    'closing twice is harmless, and takes nothing from other instances or from new ones',
    soundBackend(ClosesTheBackend),
  ],
  [
    'can be closed only once',
    'closing twice is harmless, and takes nothing from other instances or from new ones',
    soundBackend(EndsOnItsFirstClose),
  ],
  [
    'keeps records to each instance',
    'what one instance writes, another sees, whatever it was',
    { ...soundBackend(), createStore: ({ clock = ownClock }) => new SoundStore(clock) },
  ],
  [
    'reads, and writes later',
    'of a hundred claims at once one is granted, and it alone is counted',
    readsAndWritesLater(),
  ],
  [
    'goes by its own clock alone',
    'a claim ends exactly with its lease, and the next one gets the event',
    { ...soundBackend(), createStore: ({ space }) => soundBackend().createStore({ space }) },
  ],
  [
    'has a clock that is fast',
    'leases and retentions end by the backend’s own clock, and not before',
    {
      ...soundBackend(),
      createStore: ({ space, clock = fastClock }) => soundBackend().createStore({ space, clock }),
    },
  ],
  ...notingBackends(),
  ...boundedBackends(),
  ...brokenBackends(),
]

/** Stores that note the wrong thing for the operator, or nothing. */
function notingBackends(): (readonly [flaw: string, failing: string, StoreBackend])[] {
  const after = 'after a failed attempt the list says which event it was, why it failed, and when'
  const lasts =
    'a code lasts until the next attempt, and neither a lease that was cut off nor a success has one'
  const counts =
    'attempts are runs of the handler, and what came without one is counted beside them as copies'
  const names = 'an event keeps the name that its last attempt had, and what was forgotten has none'
  const texts = 'names and codes are listed as they were given, and an empty one is none'
  const flaws = [
    ['notes neither event nor code', after, NotesNothing],
    ['does not say when a released event failed', after, SaysNoTimeOfAFailure],
    ['keeps the code of the attempt before', lasts, KeepsTheCodeOfBefore],
    ['keeps the code of what is done', lasts, KeepsTheCodeOfWhatIsDone],
    ['lists what counts for the limit as attempts', counts, ListsWhatCountsAsAttempts],
    ['counts a claim that its owner repeats as a run', counts, CountsRepeatedClaimsAsRuns],
    ['counts what waits as copies', counts, CountsWhatWaitsAsCopies],
    ['names an event after a copy', names, NamesItAfterACopy],
    ['cuts names off', texts, CutsNames],
    ['takes an empty code for one', texts, TakesAnEmptyCodeForOne],
  ] as const
  return flaws.map(([flaw, failing, Store]) => [flaw, failing, soundBackend(Store)])
}

/** Stores of a limited size that make room by the wrong record, or by none. */
function boundedBackends(): (readonly [flaw: string, failing: string, StoreBackend])[] {
  const makesRoom = 'a full store makes room for new events by those that were released or cut off'
  const keepsRest =
    'a full store refuses a new event before it drops one that is live, done, failed, held or acked'
  const bounded = (Store: typeof BoundedStore): StoreBackend => ({
    ...soundBackend(),
    createBoundedStore: ({ clock, maxEntries }) => new Store(clock, maxEntries),
  })
  return [
    ['keeps what is free while it is full', makesRoom, bounded(KeepsWhatIsFree)],
    ['drops the oldest record, whatever its state', keepsRest, bounded(DropsTheOldest)],
    ['grows beyond its limit', makesRoom, bounded(NeverFull)],
    ['never says that it is full', keepsRest, bounded(NeverFull)],
  ]
}

/** A claim in two steps, with time for others in between. */
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

/** Stores that take the failure of their backend for something else. */
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
  const down = 'a backend that is down has every operation reject with DedupeStoreError'
  const nonsense = 'a backend that answers nonsense has every operation reject with DedupeStoreError'
  return [
    [
      'runs everything while its backend is down',
      'a receiver whose backend is down answers 503, and runs nothing',
      answering(() => ({ state: 'claimed', attempts: 1 })),
    ],
    [
      'says done while its backend is down',
      'a receiver whose backend is down answers 503, and runs nothing',
      answering(() => ({ state: 'completed', attempts: 1, sameFingerprint: true })),
    ],
    ['hands its client’s errors on', down, answering(() => Promise.reject(new Error('connection refused')))],
    ['takes nonsense for an answer', nonsense, answering(() => undefined)],
  ]
}
