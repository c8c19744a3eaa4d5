// For authors of dedupe stores; docs/stores/write-a-store.md shows how to use it.
export {
  DedupeStoreError,
  isWebhookError,
  type StoreErrorCode,
  WebhookConfigurationError,
} from '../errors.js'

export type { MaybePromise } from '../promises/maybe-promise.js'
export { checkedClock } from './checked-clock.js'
export { type AttemptCount, countAttempt } from './count-attempt.js'
export type {
  ClaimRequest,
  ClaimResult,
  CompleteRequest,
  DedupeStore,
  FailRequest,
  OwnedKey,
  ReleaseRequest,
  ReleaseResult,
} from './dedupe-store.js'
export type {
  DeliveryRecord,
  InspectableStore,
  ListOptions,
  RecordCounts,
  RecordState,
} from './inspectable-store.js'
export { type BackgroundPruning, pruneInBackground } from './prune-in-background.js'
export { readNote } from './read-note.js'
export { emptyCounts, recordStates, unsettledStates } from './record-states.js'
export { refuseStoreOption } from './refuse-store-option.js'
export { storeFailure } from './store-failure.js'
export { isTransactional, type TransactionalStore } from './transactional-store.js'
export { readKey, writeKey } from './write-key.js'
