import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'handles-copies-once', fault: 'runs-twice-at-once' } as const

/** Looks first and remembers when it is done: between the two there is time for another. */
export class FaultyReceiver extends PlainReceiver {
  readonly #handled = new Set<string>()

  protected override async handleOnce(
    { response }: Arrived,
    payload: { readonly id: string },
  ): Promise<void> {
    if (this.#handled.has(payload.id)) return this.answer(response, 200)
    await this.handle(payload)
    this.#handled.add(payload.id)
    this.answer(response, 204)
  }
}
