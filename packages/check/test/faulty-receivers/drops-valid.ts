import type { ServerResponse } from 'node:http'
import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'accepts-valid', fault: 'drops-valid' } as const

/** Closes the connection instead of an answer. */
export class FaultyReceiver extends PlainReceiver {
  protected override answer(response: ServerResponse): void {
    response.destroy()
  }
}
