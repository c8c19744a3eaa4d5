import type { SchemeDescriptor, SecretValue } from '@countersign/core'
import type { CheckedProperty } from './check-report.js'

/** What `checkReceiver` needs to know of a receiver, and what it may do. */
export interface CheckOptions {
  /** Where the receiver takes deliveries. Valid ones are sent there, and its handler runs: use a test system. */
  readonly url: string | URL
  /** A custom scheme needs `sign` and `proofHeaders`. What only its verifier knows, as how a signature is written, is not tried. */
  readonly scheme: SchemeDescriptor
  /** The secret the receiver is set up with; of a custom scheme, what its `sign` signs with. `undefined` is in the type so that `process.env.X` fits; it is refused. */
  readonly secret: SecretValue | undefined
  /**
   * How many deliveries the handler has handled so far, from any start. Without it, whether a repetition runs again can be told
   * only where the answers tell it. Nobody else should send deliveries meanwhile.
   */
  readonly handled?: () => number | Promise<number>
  /**
   * Milliseconds the receiver may take for an answer, and for ending a request that stalls. Default 5,000; for a valid
   * delivery the scheme's `respondWithin` where that is longer. Only a limit that is given is required of stalled requests.
   */
  readonly timeoutMs?: number
  /** The largest body the receiver takes. Default: the scheme's, else 1 MiB. Larger ones are tried only far above it. */
  readonly maxBodyBytes?: number
  /** What deliveries say, where the receiver's handler wants something else than the scheme's example. Ids are written into it. */
  readonly payload?: unknown
  /** The event's name, for receivers that heed only some. */
  readonly event?: string
  /** Names of the only properties to check. */
  readonly only?: readonly string[]
  /** Names of properties to leave out. */
  readonly skip?: readonly string[]
  /** Called when a property has been judged. */
  readonly onProgress?: (progress: CheckProgress) => void
  /** Ends the check. */
  readonly signal?: AbortSignal
  /** The receiver's time, milliseconds since the epoch. Default `Date.now`: a real receiver has the real time. */
  readonly now?: () => number
}

/** How far a check is. */
export interface CheckProgress {
  readonly judged: CheckedProperty
  readonly done: number
  readonly total: number
}
