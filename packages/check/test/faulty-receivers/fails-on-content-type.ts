import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'ignores-content-type', fault: 'fails-on-content-type' } as const

/** Throws where it does not know the content type. */
export class FaultyReceiver extends PlainReceiver {
  protected override isAuthentic(arrived: Arrived): boolean {
    const { 'content-type': type = '' } = arrived.request.headers
    if (!/^application\/(json|[a-z-]+)/.test(type)) throw new Error('unknown content type')
    return super.isAuthentic(arrived)
  }
}
