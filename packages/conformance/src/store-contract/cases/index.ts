import type { StoreCase } from '../store-case.js'
import { attemptCases } from './attempts.js'
import { brokenCases } from './broken.js'
import { claimCases } from './claims.js'
import { clockCases } from './clocks.js'
import { committedCases } from './committed.js'
import { deferredCases } from './deferred.js'
import { deliveryCases } from './deliveries.js'
import { failingCallCases } from './failing-calls.js'
import { forgettingCases } from './forgetting.js'
import { fullStoreCases } from './full-stores.js'
import { holdingCases } from './holding.js'
import { instanceCases } from './instances.js'
import { keyCases } from './keys.js'
import { leaseCases } from './leases.js'
import { listingCases } from './listing.js'
import { lostLeaseCases } from './lost-leases.js'
import { noteCases } from './notes.js'
import { raceCases } from './races.js'
import { retentionCases } from './retentions.js'
import { settlingCases } from './settling.js'
import { transactionCases } from './transactions.js'

/** All that holds for every store, beside the exploration. */
export const storeCases: readonly StoreCase[] = [
  ...claimCases,
  ...attemptCases,
  ...raceCases,
  ...leaseCases,
  ...settlingCases,
  ...retentionCases,
  ...holdingCases,
  ...forgettingCases,
  ...clockCases,
  ...fullStoreCases,
  ...keyCases,
  ...instanceCases,
  ...listingCases,
  ...noteCases,
  ...brokenCases,
  ...transactionCases,
  ...deliveryCases,
  ...lostLeaseCases,
  ...failingCallCases,
  ...deferredCases,
  ...committedCases,
]
