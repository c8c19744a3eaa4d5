import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'accepts-valid', fault: 'refuses-valid' } as const

/** Has another secret. */
export class FaultyReceiver extends PlainReceiver {
  protected override sign(time: string, body: Buffer): string {
    return super.sign(time, body, 'the-secret-of-another-endpoint')
  }
}
