import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'handles-copies-once', fault: 'acks-running-duplicate' } as const

/** Slow, so that checking it takes long. */
export const only = ['refuses-forged', 'handles-once', 'handles-copies-once']

/** Marks a delivery as handled before the handler ends. */
export class FaultyReceiver extends PlainReceiver {
  // Long, so that even a busy machine answers the copy while the first delivery is being handled.
  protected override readonly workMs = 1_000
  readonly #seen = new Set<string>()

  protected override async handleOnce(
    { response }: Arrived,
    payload: { readonly id: string },
  ): Promise<void> {
    if (this.#seen.has(payload.id)) return this.answer(response, 200)
    this.#seen.add(payload.id)
    await this.handle(payload)
    this.answer(response, 204)
  }
}
