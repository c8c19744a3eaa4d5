import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'compares-whole-signature', fault: 'lenient-encoding' } as const

/** Decodes leniently: Buffer.from stops at the first character that is no hex. */
export class FaultyReceiver extends PlainReceiver {
  protected override isEqual(given: Buffer, expected: Buffer): boolean {
    return super.isEqual(decode(given), decode(expected))
  }
}

function decode(header: Buffer): Buffer {
  const text = header.toString('latin1')
  return text.startsWith('sha256=') ? Buffer.from(text.slice('sha256='.length), 'hex') : Buffer.alloc(0)
}
