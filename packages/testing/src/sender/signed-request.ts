/** A delivery ready to be sent. It fits `verify()` and `receive()` of `@countersign/core` as it is. */
export interface SignedRequest {
  readonly method: string
  /** The URL it was signed for, or a path where none was given. */
  readonly url: string
  /** In the order of sending; a name may come twice. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array
}
