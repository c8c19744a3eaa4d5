import type { ServerResponse } from 'node:http'
import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'handles-once', fault: 'refuses-repetition' } as const

/** Answers a repetition as an error, so that the sender goes on. */
export class FaultyReceiver extends PlainReceiver {
  protected override answer(response: ServerResponse, status: number, body?: string): void {
    super.answer(response, status === 200 ? 409 : status, body)
  }
}
