import type { ServerResponse } from 'node:http'
import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'limits-body', fault: 'dies' } as const

/** Runs out of memory on a large body, which ends its process. */
export class FaultyReceiver extends PlainReceiver {
  protected override cutOff(_response: ServerResponse, status: number): void {
    if (status === 413) this.stop()
  }
}
