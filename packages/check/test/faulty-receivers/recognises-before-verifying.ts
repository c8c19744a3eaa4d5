import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'refuses-forged', fault: 'accepts-forged' } as const

/** Looks for repetitions before it looks at the signature. */
export class FaultyReceiver extends PlainReceiver {
  readonly #seen = new Set<string>()

  protected override refuse(arrived: Arrived): void {
    if (this.#seen.has(arrived.body.toString())) this.answer(arrived.response, 200)
    else super.refuse(arrived)
  }

  protected override keyOf(arrived: Arrived, payload: { readonly id: string }): string {
    this.#seen.add(arrived.body.toString())
    return super.keyOf(arrived, payload)
  }
}
