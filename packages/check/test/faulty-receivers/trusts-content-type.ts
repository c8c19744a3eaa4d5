import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'ignores-content-type', fault: 'trusts-content-type' } as const

/** Verifies only JSON, in the parser for that content type. */
export class FaultyReceiver extends PlainReceiver {
  protected override isAuthentic(arrived: Arrived): boolean {
    const { 'content-type': type = '' } = arrived.request.headers
    return !type.startsWith('application/') || super.isAuthentic(arrived)
  }

  protected override parse(arrived: Arrived): { readonly id: string } {
    return arrived.body.length === 0 ? { id: '' } : super.parse(arrived)
  }
}
