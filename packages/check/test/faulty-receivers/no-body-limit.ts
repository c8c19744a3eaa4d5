import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'limits-body', fault: 'no-body-limit' } as const

/** Reads whatever comes. */
export class FaultyReceiver extends PlainReceiver {
  protected override readonly maxBodyBytes = Number.POSITIVE_INFINITY
}
