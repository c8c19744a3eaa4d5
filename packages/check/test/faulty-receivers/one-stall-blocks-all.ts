import type { IncomingMessage, ServerResponse } from 'node:http'
import { PlainReceiver } from '../support/plain-receiver.js'

export const found = { property: 'ends-stalled-body', fault: 'one-stall-blocks-all' } as const

/** Reads one request after the other. */
export class FaultyReceiver extends PlainReceiver {
  protected override readonly bodyTimeoutMs = 2 ** 31 - 1
  #last: Promise<unknown> = Promise.resolve()

  protected override async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const before = this.#last
    const { promise, resolve } = gate()
    this.#last = promise
    response.once('close', resolve)
    await before
    await super.receive(request, response)
  }
}

function gate(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
