import type { Capture } from './capture.js'

/** A request as its file has it: its target may be a path alone. */
export interface CapturedRequest extends Omit<Capture, 'method' | 'url'> {
  /** Undefined where the file does not say. */
  readonly method: string | undefined
  readonly target: string | undefined
}
