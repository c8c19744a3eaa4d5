import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'accepts-valid', fault: 'fails-on-valid' } as const

/** Its handler throws. */
export class FaultyReceiver extends PlainReceiver {
  protected override async handle(): Promise<void> {
    throw new Error('no')
  }
}
