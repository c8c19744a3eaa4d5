import type { ServerResponse } from 'node:http'
import type { WebhookEvent } from '../schemes/scheme-descriptor.js'
import type { Handler, Receiver } from '../types.js'
import { toWebhookRequest } from './to-webhook-request.js'
import type { NodeRequest } from './types.js'
import { writeResponse } from './write-response.js'

/** The options of `answerRequest`. */
export interface AnswerOptions<TEvent extends WebhookEvent> {
  /** Verifies and deduplicates. Create it once, outside the request. */
  readonly receiver: Receiver<TEvent>
  /** Runs once per delivery. */
  readonly handler: Handler<TEvent>
  /** The fix to name in the error if a parser has read the body. */
  readonly remedy?: string | undefined
}

/**
 * Takes one request from verification to its answer, for adapters over `node:http`. Never rejects.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http'
 * import { createReceiver } from '@countersign/core'
 * import { answerRequest } from '@countersign/core/node'
 * import { visibuild } from '@countersign/core/schemes'
 *
 * const receiver = createReceiver({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET })
 *
 * createServer((request, response) =>
 *   answerRequest(request, response, { receiver, handler: ({ event, payload }) => console.log(event, payload) }),
 * ).listen(3000)
 * ```
 */
export async function answerRequest<TEvent extends WebhookEvent>(
  request: NodeRequest,
  response: ServerResponse,
  { receiver, handler, remedy }: AnswerOptions<TEvent>,
): Promise<void> {
  const outcome = await receiver.receive(toWebhookRequest(request, remedy), handler)
  writeResponse(request, response, outcome.response)
}
