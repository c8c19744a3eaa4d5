import type { SchemeDescriptor, SecretValue } from '@countersign/core'
import type { CheckedProperty } from './check-report.js'

/** Options of {@link checkReceiver}: the receiver, and what the check may do. */
export interface CheckOptions {
  /** The receiver's URL. The check sends valid deliveries to it, and its handler runs: use a test system. */
  readonly url: string | URL
  /** The receiver's scheme. A custom scheme needs `sign` and `proofHeaders`; the check does not try what only its code knows, such as the format of a signature. */
  readonly scheme: SchemeDescriptor
  /** The receiver's secret; for a custom scheme, the secret its `sign` takes. The type allows `undefined` so that `process.env.X` fits, but it is refused. */
  readonly secret: SecretValue | undefined
  /**
   * Returns how many deliveries the handler has handled so far, counted from any start. Without it, the check sees whether a
   * repetition runs again only if the answers show it. Nobody else should send deliveries meanwhile.
   */
  readonly handled?: () => number | Promise<number>
  /**
   * Milliseconds the receiver may take to answer, and to end a request that stalls. Default 5,000; for a valid delivery the
   * scheme's `respondWithin` if that is longer. A stalled request fails the check only if this limit is set.
   */
  readonly timeoutMs?: number
  /** The largest body the receiver accepts, in bytes. Default: the scheme's `maxBodyBytes`, otherwise 1,048,576. The check sends only bodies far above it. */
  readonly maxBodyBytes?: number
  /** The payload of deliveries. Default: the scheme's example. The check writes new ids into it. */
  readonly payload?: unknown
  /** The name of the event, for receivers that handle only some. Default: that of the scheme's example. */
  readonly event?: string
  /** Names of the only properties to check. Default: all. `accepts-valid` always runs. */
  readonly only?: readonly string[]
  /** Names of properties to skip. */
  readonly skip?: readonly string[]
  /** Called after each property. */
  readonly onProgress?: (progress: CheckProgress) => void
  /** Aborts the check: it closes its connections and rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** The receiver's clock, in milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number
}

/** The progress of a check, as {@link CheckOptions.onProgress} gets it. */
export interface CheckProgress {
  /** The result of the property that was just checked. */
  readonly judged: CheckedProperty
  /** How many properties are checked so far. */
  readonly done: number
  /** How many properties the check has in all. */
  readonly total: number
}
