import type { SchemeDescriptor } from '@countersign/core'
import type { AsymmetricSignature } from '../asymmetric/asymmetric-signature.js'

/** A scheme that verifies all captures, and what remains unknown about it. */
export interface SchemeCandidate {
  /** For `defineScheme()`, or as a JSON file for the command line's `--scheme`. */
  readonly scheme: SchemeDescriptor
  /** Fields that were guessed, or left out because no capture shows them, such as `toleranceSeconds` and `retries`. */
  readonly unknown: string[]
}

/** How much the search tried. */
export interface SearchEffort {
  /** Texts in headers with the length of a signature. */
  readonly places: number
  /** Interpretations of the secret as a key. */
  readonly keys: number
  /** Signed contents that were tried. */
  readonly contents: number
  /** MACs that were computed. */
  readonly digests: number
  /** Duration in milliseconds. */
  readonly ms: number
  /** `false`: time ran out before a scheme was found. */
  readonly searchedWhole: boolean
}

/** The result of {@link discover}. */
export interface Discovery {
  /** Best first; empty if nothing fits. */
  readonly candidates: readonly SchemeCandidate[]
  /** Without candidates: sentences about signatures that match but that no scheme can describe. */
  readonly refusals: readonly string[]
  /** Without matches: sentences about possible reasons. */
  readonly hints: readonly string[]
  /** The signature made with a private key, if that is why there was no search; `hints` says what to do. */
  readonly asymmetric?: AsymmetricSignature
  readonly effort: SearchEffort
}
