import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'reads-json-as-json', fault: 'reads-json-as-form' } as const

/** As parsers of forms do: each field by its name. What has no id is no event of its own. */
export class FaultyReceiver extends PlainReceiver {
  protected override parse(arrived: Arrived): { readonly id: string } {
    const { 'content-type': type = '' } = arrived.request.headers
    if (!type.startsWith('application/x-www-form-urlencoded')) return super.parse(arrived)
    const id = new URLSearchParams(arrived.body.toString('utf8')).get('id')
    if (id === null) throw new Error('no id')
    return { id }
  }
}
