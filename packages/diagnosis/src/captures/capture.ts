/** A request as somebody saw it: on a wire, in a log, in a browser's tools. It may not be whole. */
export interface Capture {
  readonly method: string
  /** The whole URL the sender called, as `https://shop.example.com/hooks?x=1`: what a scheme with `{url}` signs. */
  readonly url: string
  /** In the order of sending; a name may come twice. Values hold one character a byte, as HTTP carries them. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** The bytes as they were captured. Whether they are the bytes that were sent is often the question. */
  readonly body: Uint8Array
  /** What reading the capture showed that its bytes no longer tell. */
  readonly notes: readonly CaptureNote[]
}

/**
 * - `parsed-body`: the body was an object where bytes should be; `body` is its JSON.
 * - `cut-off`: the capture ends before its own length says it should.
 * - `bare-line-feeds`: its header lines end with LF alone, so an editor or a log has had it.
 * - `chunked`: the body came in chunks, and was put together here.
 * - `text-body`: the body passed through a text, so bytes that are no UTF-8 are lost.
 * - `withheld-secret`: a header's value was left out when the capture was saved.
 * - `line-end-added`: one line end stood after the body that Content-Length announces, as an editor adds; it was left out.
 * - `more-messages`: other messages of the same connection stood after this one; they were left out.
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

/** The capture cannot be read. The message is one line and says what to do; it holds nothing of the capture's values. */
export class CaptureError extends Error {
  override name = 'CaptureError'
}
