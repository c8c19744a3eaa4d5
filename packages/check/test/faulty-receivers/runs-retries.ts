import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'handles-retries-once', fault: 'runs-retries' } as const

/** Identifies deliveries by their signature, which changes with each retry. */
export class FaultyReceiver extends PlainReceiver {
  protected override keyOf({ signature }: Arrived): string {
    return signature
  }
}
