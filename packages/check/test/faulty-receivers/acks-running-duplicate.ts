import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'handles-copies-once', fault: 'acks-running-duplicate' } as const

/** It takes its time, and so does a check of it. */
export const only = ['refuses-forged', 'handles-once', 'handles-copies-once']

/** Remembers at once, and takes for handled what is being handled. */
export class FaultyReceiver extends PlainReceiver {
  // Long, so that a busy machine answers the copy while the first is in work all the same.
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
