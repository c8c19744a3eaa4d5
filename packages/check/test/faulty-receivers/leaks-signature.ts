import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'tells-nothing', fault: 'leaks-signature' } as const

/** Says what the signature should have been. */
export class FaultyReceiver extends PlainReceiver {
  protected override refuse({ response, time, body, signature }: Arrived): void {
    const [expected] = this.signaturesOf(time, body)
    this.answer(response, 401, JSON.stringify({ error: 'signature mismatch', expected, received: signature }))
  }
}
