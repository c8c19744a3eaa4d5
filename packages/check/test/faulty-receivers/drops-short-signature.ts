import { timingSafeEqual } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'survives-malformed', fault: 'dies-on-short-signature' } as const

/** Cuts the connection where the comparison throws. */
export class FaultyReceiver extends PlainReceiver {
  protected override isEqual(given: Buffer, expected: Buffer): boolean {
    return timingSafeEqual(given, expected)
  }

  protected override fail(response: ServerResponse): void {
    response.destroy()
  }
}
