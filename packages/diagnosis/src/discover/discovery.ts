import type { SchemeDescriptor } from '@countersign/core'
import type { AsymmetricSignature } from '../asymmetric/asymmetric-signature.js'

/** A scheme that verifies all captures, and what they cannot tell about it. */
export interface SchemeCandidate {
  /** Takes `defineScheme()`, and as a JSON file the command line's `--scheme`. */
  readonly scheme: SchemeDescriptor
  /** Fields that were guessed, or left out because no capture shows them: `toleranceSeconds`, `retries`. */
  readonly unknown: string[]
}

/** How far the search went. */
export interface SearchEffort {
  /** Texts in headers that have a signature's length. */
  readonly places: number
  /** Readings of the secret as a key. */
  readonly keys: number
  /** Contents that could have been signed. */
  readonly contents: number
  /** MACs that were computed. */
  readonly digests: number
  readonly ms: number
  /** Whether nothing was left to try, or a level of equally likely contents was done to its end. */
  readonly searchedWhole: boolean
}

/** What {@link discover} found. */
export interface Discovery {
  /** Best first; empty where nothing fits. */
  readonly candidates: readonly SchemeCandidate[]
  /** Where nothing was found: sentences about signatures that match and that no scheme can read all the same. */
  readonly refusals: readonly string[]
  /** Where nothing matches: sentences about what it might be. */
  readonly hints: readonly string[]
  /** A signature with a private key, for which nothing was searched; `hints` says where to go. */
  readonly asymmetric?: AsymmetricSignature
  readonly effort: SearchEffort
}
