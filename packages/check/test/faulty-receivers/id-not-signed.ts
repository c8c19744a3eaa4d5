import { visibuild } from '@countersign/core/schemes'
import { type Arrived, PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'binds-id', fault: 'id-not-signed' } as const

/** Leaves the id out of what it verifies. */
export class FaultyReceiver extends PlainReceiver {
  override readonly scheme = { ...visibuild(), name: 'other', signedContent: '{id}.{timestamp}.{body}' }
  #ids: readonly string[] = []

  protected override isAuthentic(arrived: Arrived): boolean {
    this.#ids = [`${arrived.request.headers['x-visibuild-delivery'] ?? ''}.`, '']
    return super.isAuthentic(arrived)
  }

  protected override signaturesOf(time: string, body: Buffer): readonly string[] {
    return this.#ids.map((id) => this.sign(`${id}${time}`, body))
  }
}
