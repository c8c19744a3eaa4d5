import { createHmac } from 'node:crypto'
import { PlainReceiver, receiverSecret } from '../support/plain-receiver.js'

export const found = { property: 'binds-time', fault: 'timestamp-not-signed' } as const

/** Takes a signature of the body alone as well, as older versions of the sender made it. */
export class FaultyReceiver extends PlainReceiver {
  protected override signaturesOf(time: string, body: Buffer): readonly string[] {
    const old = createHmac('sha256', receiverSecret).update(body).digest('hex')
    return [...super.signaturesOf(time, body), `sha256=${old}`]
  }
}
