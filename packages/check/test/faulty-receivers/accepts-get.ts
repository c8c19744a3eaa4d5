import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'takes-one-method', fault: 'accepts-get' } as const

/** Takes every method. */
export class FaultyReceiver extends PlainReceiver {
  protected override takesMethod(): boolean {
    return true
  }
}
