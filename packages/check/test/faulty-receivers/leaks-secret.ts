import { type Arrived, PlainReceiver, receiverSecret } from '../support/plain-receiver.js'

export const found = { property: 'tells-nothing', fault: 'leaks-secret' } as const

/** Shows its settings where something is wrong. */
export class FaultyReceiver extends PlainReceiver {
  protected override refuse({ response }: Arrived): void {
    const secret = Buffer.from(receiverSecret).toString('base64')
    this.answer(response, 401, JSON.stringify({ error: 'unauthorized', settings: { secret } }))
  }
}
