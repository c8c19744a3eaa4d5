import type { SecretSet } from '@countersign/core'

/** What one delivery is to hold. All of it is optional: without anything, it is an honest example of the scheme. */
export interface SignOptions {
  /** The raw body, sent and signed as it is. Text becomes UTF-8. Nothing is written into it. */
  readonly body?: Uint8Array | string
  /** Sent as JSON. The event's name, a delivery id and a time that the scheme has in the body are written into it. */
  readonly payload?: unknown
  /** Sent as a form (`application/x-www-form-urlencoded`); with the method GET, as the URL's query. */
  readonly form?: Readonly<Record<string, string>>
  /**
   * Compresses the body with gzip, as `Content-Encoding` then says. What is signed is the scheme's `contentEncoding`, and
   * the body before that where it has none. Default: where the scheme has a `contentEncoding`.
   */
  readonly gzip?: boolean
  /**
   * The event's name. Default: what the payload says, else the example's. Without `payload`, `form` and `body` it chooses the
   * example: one of {@link exampleEvents}. Any other event gets what all events of the sender have, and no data of its own.
   */
  readonly event?: string
  /**
   * The id by which a receiver tells a repetition: it goes into each place that the scheme has for one, in the header and in
   * the payload, over what stands there. An example with an id is the same each time. Default: a fresh one.
   */
  readonly id?: string
  /** Writes a fresh id over the one that `payload` has, as for another event of its kind. Default: it stays. */
  readonly freshId?: boolean
  /**
   * The signed time, milliseconds since the epoch; default: now. Text is signed and sent as it stands, for times no
   * honest sender would write.
   */
  readonly timestamp?: number | string
  /** Set after signing, over what the scheme writes; `undefined` takes a header away. Names in any case. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  /** Default: POST, or the scheme's first method where it has no POST. */
  readonly method?: string
  /** The URL to send to. Default `/`. */
  readonly url?: string
  /** Signs with other secrets than the sender's: a forgery. */
  readonly secret?: SecretSet
  /** Leaves the proof out. */
  readonly omitProof?: boolean
}
