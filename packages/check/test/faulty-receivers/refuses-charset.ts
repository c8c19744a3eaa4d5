import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'ignores-content-type', fault: 'refuses-charset' } as const

/** Takes one spelling of the content type. */
export class FaultyReceiver extends PlainReceiver {
  protected override isAuthentic(arrived: Arrived): boolean {
    return super.isAuthentic(arrived) && arrived.request.headers['content-type'] === 'application/json'
  }
}
