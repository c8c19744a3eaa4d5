import type { Property } from '../property.js'
import { acceptsValid } from './accepts-valid.js'
import { answersInTime } from './answers-in-time.js'
import { bindsBody } from './binds-body.js'
import { bindsId } from './binds-id.js'
import { bindsTime } from './binds-time.js'
import { comparesWholeSignature } from './compares-whole-signature.js'
import { endsSlowHead, endsStalledBody } from './ends-stalls.js'
import { findsHeadersInAnyCase } from './finds-headers-in-any-case.js'
import { handlesCopiesOnce } from './handles-copies-once.js'
import { handlesOnce } from './handles-once.js'
import { handlesReplaysOnce } from './handles-replays-once.js'
import { handlesRetriesOnce } from './handles-retries-once.js'
import { ignoresContentType } from './ignores-content-type.js'
import { neverFails, neverRedirects, staysAlive } from './judge-all-answers.js'
import { limitsBody } from './limits-body.js'
import { readsJsonAsJson } from './reads-json-as-json.js'
import { readsSignatureStrictly } from './reads-signature-strictly.js'
import { readsSmallChunks } from './reads-small-chunks.js'
import { readsTimeStrictly } from './reads-time-strictly.js'
import { readsWholeBody } from './reads-whole-body.js'
import { refusesAlike } from './refuses-alike.js'
import { refusesForged } from './refuses-forged.js'
import { refusesKnownKeys } from './refuses-known-keys.js'
import { refusesFuture, refusesStale, toleratesDelay } from './refuses-other-times.js'
import { requiresSignature } from './requires-signature.js'
import { servesOthers } from './serves-others.js'
import { survivesMalformed } from './survives-malformed.js'
import { takesOneMethod } from './takes-one-method.js'
import { tellsNothing } from './tells-nothing.js'
import { verifiesRawBytes } from './verifies-raw-bytes.js'

/** All properties in the order in which they are judged; those of one stage at the same time. What may do most harm comes last. */
export const stages: readonly (readonly Property[])[] = [
  [acceptsValid],
  [answersInTime],
  [refusesForged],
  [survivesMalformed],
  [comparesWholeSignature],
  [requiresSignature],
  [refusesKnownKeys],
  [readsSignatureStrictly],
  [verifiesRawBytes],
  [bindsBody],
  [readsWholeBody],
  [findsHeadersInAnyCase],
  [ignoresContentType],
  [refusesStale],
  [refusesFuture],
  [bindsTime],
  [readsTimeStrictly],
  [toleratesDelay],
  [bindsId],
  [handlesOnce],
  [handlesRetriesOnce],
  [handlesReplaysOnce],
  [handlesCopiesOnce],
  [readsJsonAsJson],
  [takesOneMethod],
  [refusesAlike],
  [readsSmallChunks],
  [servesOthers],
  [limitsBody],
  [endsStalledBody, endsSlowHead],
  [tellsNothing],
  [neverRedirects],
  [neverFails],
  [staysAlive],
]
