import type { ServerResponse } from 'node:http'
import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'limits-body', fault: 'dies' } as const

/** Runs out of memory over a body that is too large: its process ends. */
export class FaultyReceiver extends PlainReceiver {
  protected override cutOff(_response: ServerResponse, status: number): void {
    if (status === 413) this.stop()
  }
}
