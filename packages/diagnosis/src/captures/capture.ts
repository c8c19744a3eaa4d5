/** A captured request: from the network, a log or a browser's developer tools. It may be incomplete. */
export interface Capture {
  readonly method: string
  /** The full URL the sender called, such as `https://shop.example.com/hooks?x=1`: what a scheme with `{url}` signs. */
  readonly url: string
  /** In the order of sending; a name may be repeated. Values are Latin-1 text, one character per byte, as on the network. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** The captured bytes, which are not necessarily the bytes that were sent. */
  readonly body: Uint8Array
  /** What the reader noticed about the capture. */
  readonly notes: readonly CaptureNote[]
}

/**
 * Something noticed while a capture was read:
 *
 * - `parsed-body`: the capture has a parsed object instead of bytes; `body` is its JSON.
 * - `cut-off`: the capture is shorter than the length it states.
 * - `bare-line-feeds`: the header lines end with LF only, so an editor or a log rewrote them.
 * - `chunked`: the body used chunked transfer encoding and was decoded.
 * - `text-body`: the body was stored as text, so bytes that are not valid UTF-8 are lost.
 * - `withheld-secret`: a header's value was removed when the capture was saved.
 * - `line-end-added`: one line break followed the body, as an editor adds it; it was removed.
 * - `more-messages`: more messages of the same connection followed; they were removed.
 */
export type CaptureNote =
  | 'parsed-body'
  | 'cut-off'
  | 'bare-line-feeds'
  | 'chunked'
  | 'text-body'
  | 'withheld-secret'
  | 'line-end-added'
  | 'more-messages'

/**
 * Thrown when a capture cannot be read. The message is one line, says what to do, and contains no values of the capture.
 *
 * @example
 * import { CaptureError, readCapture } from '@countersign/diagnosis'
 *
 * try {
 *   readCapture(Buffer.from('not a request'))
 * } catch (error) {
 *   if (!(error instanceof CaptureError)) throw error
 *   console.error(`Cannot read the capture: ${error.message}`)
 * }
 */
export class CaptureError extends Error {
  override name = 'CaptureError'
}
