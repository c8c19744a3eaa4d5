import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'reads-json-as-json', fault: 'reads-json-as-form' } as const

/** Parses what it has verified by the content type, which is not signed. */
export class FaultyReceiver extends PlainReceiver {
  protected override parse(arrived: Arrived): { readonly id: string } {
    const { 'content-type': type = '' } = arrived.request.headers
    if (!type.startsWith('application/x-www-form-urlencoded')) return super.parse(arrived)
    const fields = new URLSearchParams(arrived.body.toString('utf8'))
    return JSON.parse(fields.get('payload') ?? '')
  }
}
