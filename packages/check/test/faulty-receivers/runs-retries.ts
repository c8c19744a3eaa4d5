import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'handles-retries-once', fault: 'runs-retries' } as const

/** Tells deliveries by their signature, which a retry has anew. */
export class FaultyReceiver extends PlainReceiver {
  protected override keyOf({ signature }: Arrived): string {
    return signature
  }
}
