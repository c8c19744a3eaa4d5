import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'never-redirects', fault: 'answers-410' } as const

/** Tells who is refused that the endpoint is gone. */
export class FaultyReceiver extends PlainReceiver {
  protected override refuse({ response }: Arrived): void {
    this.answer(response, 410)
  }
}
