import { type Arrived, PlainReceiver, receiverSecret } from '../support/plain-receiver.js'

export const found = { property: 'leaks-nothing', fault: 'leaks-secret' } as const

/** Answers an error with its settings. */
export class FaultyReceiver extends PlainReceiver {
  protected override refuse({ response }: Arrived): void {
    const secret = Buffer.from(receiverSecret).toString('base64')
    this.answer(response, 401, JSON.stringify({ error: 'unauthorized', settings: { secret } }))
  }
}
