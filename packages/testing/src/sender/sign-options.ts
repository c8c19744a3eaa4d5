import type { SecretSet } from '@countersign/core'

/** The contents of one delivery. Without any option, it is a valid example delivery of the scheme. */
export interface SignOptions {
  /** The raw body, signed and sent unchanged. Text is encoded as UTF-8. */
  readonly body?: Uint8Array | string
  /** Sent as JSON. The event's name, the delivery id and the time are added where the scheme reads them from the body. */
  readonly payload?: unknown
  /** Sent as a form (`application/x-www-form-urlencoded`), or as the URL's query if the method is GET. */
  readonly form?: Readonly<Record<string, string>>
  /**
   * Compresses the body with gzip and sets `Content-Encoding`. The scheme's `contentEncoding` decides which bytes are signed;
   * without it, the uncompressed bytes. Default: `true` if the scheme has a `contentEncoding`.
   */
  readonly gzip?: boolean
  /**
   * The event's name. Default: the name in the payload, or the example's. Without `payload`, `form` and `body` it selects the
   * example: one of {@link exampleEvents}. Any other event has only the fields that all events of the sender have.
   */
  readonly event?: string
  /**
   * The id by which a receiver recognizes a repetition. It is written wherever the scheme has an id, in the header and in the
   * payload, and replaces existing ids. An example with an id is always the same. Default: a random id.
   */
  readonly id?: string
  /** Replaces the id in `payload` with a random one, as for a new event of the same kind. Default: the id is kept. */
  readonly freshId?: boolean
  /**
   * The signed time in milliseconds since the epoch. Default: now. Text is signed and sent unchanged, for malformed times.
   */
  readonly timestamp?: number | string
  /** Headers to set after signing, which replace the scheme's; `undefined` removes a header. Names are case-insensitive. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  /** The HTTP method. Default: `POST`, or the scheme's first method if it does not allow `POST`. */
  readonly method?: string
  /** The URL to send to. Default `/`. */
  readonly url?: string
  /** Signs with these secrets instead of the sender's, to forge a delivery. */
  readonly secret?: SecretSet
  /** Leaves out the signature or token. */
  readonly omitProof?: boolean
}
