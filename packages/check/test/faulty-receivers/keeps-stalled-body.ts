import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'ends-stalled-body', fault: 'keeps-stalled-body' } as const

/** Waits for ever for a body. */
export class FaultyReceiver extends PlainReceiver {
  protected override readonly bodyTimeoutMs = 2 ** 31 - 1
}
