import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'refuses-alike', fault: 'tells-why' } as const

/** Tells everybody what was wrong. */
export class FaultyReceiver extends PlainReceiver {
  protected override refuse({ response, signature }: Arrived): void {
    if (signature === '') this.answer(response, 400, 'the signature is missing')
    else this.answer(response, 401, 'the signature is wrong')
  }
}
