/** A signed delivery. Pass it to `sendRequest()`, or directly to `verify()` and `receive()` of `@countersign/core`. */
export interface SignedRequest {
  /** The HTTP method. */
  readonly method: string
  /** The URL it was signed for, or a path if no URL was given. */
  readonly url: string
  /** In the order of sending; a name may be repeated. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** The bytes to send. */
  readonly body: Uint8Array
}
