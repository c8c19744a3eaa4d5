import { createHmac } from 'node:crypto'
import { PlainReceiver, receiverSecret } from '../support/plain-receiver.js'

export const found = { property: 'reads-signature-strictly', fault: 'accepts-other-algorithm' } as const

/** Takes the algorithm that the header names. */
export class FaultyReceiver extends PlainReceiver {
  protected override matches(given: string, expected: readonly string[]): boolean {
    return super.matches(given, expected) || super.matches(given, this.#weak)
  }

  #weak: readonly string[] = []

  protected override signaturesOf(time: string, body: Buffer): readonly string[] {
    const mac = createHmac('sha1', receiverSecret).update(`${time}.`).update(body).digest('hex')
    this.#weak = [`sha1=${mac}`]
    return super.signaturesOf(time, body)
  }
}
