// For authors of dedupe stores; docs/stores/write-a-store.md says how to use it.
export { checkedClock } from '../dedupe/checked-clock.js'
export { type AttemptCount, countAttempt } from '../dedupe/count-attempt.js'
export type {
  ClaimRequest,
  ClaimResult,
  CompleteRequest,
  DedupeStore,
  FailRequest,
  MaybePromise,
  OwnedKey,
  ReleaseRequest,
  ReleaseResult,
} from '../dedupe/dedupe-store.js'
export type {
  DeliveryRecord,
  InspectableStore,
  ListOptions,
  RecordCounts,
  RecordState,
} from '../dedupe/inspectable-store.js'
export type { TransactionalStore } from '../dedupe/transactional-store.js'
export { type BackgroundPruning, pruneInBackground } from './prune-in-background.js'
export { readNote } from './read-note.js'
export { emptyCounts, recordStates, unsettledStates } from './record-states.js'
export { refuseStoreOption } from './refuse-store-option.js'
export { storeFailure } from './store-failure.js'
export { readKey, writeKey } from './write-key.js'
