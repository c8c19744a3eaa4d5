import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'accepts-valid', fault: 'hangs-on-valid' } as const

/** Handles a delivery, and forgets to answer. */
export class FaultyReceiver extends PlainReceiver {
  protected override async handle(payload: { readonly id: string }): Promise<void> {
    await super.handle(payload)
    await new Promise(() => {})
  }
}
