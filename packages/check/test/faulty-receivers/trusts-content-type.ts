import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'ignores-content-type', fault: 'trusts-content-type' } as const

/** Verifies JSON alone: a parser for that type does it on the way. */
export class FaultyReceiver extends PlainReceiver {
  protected override isAuthentic(arrived: Arrived): boolean {
    const { 'content-type': type = '' } = arrived.request.headers
    return !type.startsWith('application/') || super.isAuthentic(arrived)
  }

  protected override parse(arrived: Arrived): { readonly id: string } {
    return arrived.body.length === 0 ? { id: '' } : super.parse(arrived)
  }
}
