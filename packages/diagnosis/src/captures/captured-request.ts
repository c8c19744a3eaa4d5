import type { Capture } from './capture.js'

/** A request as its file states it: the target may be only a path. */
export interface CapturedRequest extends Omit<Capture, 'method' | 'url'> {
  /** Undefined if the file does not state it. */
  readonly method: string | undefined
  readonly target: string | undefined
}
