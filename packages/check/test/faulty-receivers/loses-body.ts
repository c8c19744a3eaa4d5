import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'accepts-valid', fault: 'loses-body' } as const

/** Verifies what is left of a body that a parser has read before. */
export class FaultyReceiver extends PlainReceiver {
  protected override sign(time: string, _body: Buffer, secret?: string): string {
    return super.sign(time, Buffer.alloc(0), secret)
  }
}
