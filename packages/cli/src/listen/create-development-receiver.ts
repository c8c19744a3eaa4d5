import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createReceiver, memoryStore, type Scheme, type WebhookResponse } from '@countersign/core'
import { readRawBody, toWebhookRequest, writeResponse } from '@countersign/core/node'
import type { Capture } from '@countersign/diagnosis'
import type { NamedSecret } from '../options/secret-options.js'
import { describeOutcome, type ReceivedDelivery } from './received-delivery.js'
import { resolvePublicUrl } from './resolve-public-url.js'

/** How deliveries are verified and answered. */
export interface ReceiverParts {
  readonly scheme: Scheme
  readonly secrets: readonly NamedSecret[]
  readonly answer: number
  readonly url: string | undefined
  readonly warn: (message: string) => void
}

const bodyTimeoutMs = 10_000

/**
 * A receiver that verifies deliveries and answers them with a fixed status, without handling them.
 *
 * @returns answers one request, and resolves when the answer is sent
 */
export function createDevelopmentReceiver({ scheme, secrets, answer, url, warn }: ReceiverParts) {
  const receiver = createReceiver({
    scheme,
    secret: secrets,
    store: memoryStore({ maxEntries: 100_000 }),
    leaseMs: chooseLease(scheme),
    // Shows the sender's whole retry schedule, including attempts after which it would disable the endpoint.
    exhaustAfter: false,
    onWarning: warn,
  })
  const isSuccess = answer >= 200 && answer < 300
  const limits = { maxBodyBytes: scheme.maxBodyBytes ?? 1_048_576, bodyTimeoutMs }

  return async (request: IncomingMessage, response: ServerResponse): Promise<ReceivedDelivery> => {
    const receivedAt = Date.now()
    // Resolves too if the sender disconnects before the answer.
    const ended = once(response, 'close').catch(() => undefined)
    // Read first: a capture holds the body even if the headers are refused.
    const reading = readRawBody(request, limits)
    const body = await reading.catch(() => undefined)
    const outcome = await receiver.receive({ ...toWebhookRequest(request), body: () => reading }, () => {
      if (!isSuccess) throw new Error('--answer asks for a failure.')
    })
    const wasHandled = outcome.type === 'processed' || outcome.type === 'handler-failed'
    const written = wasHandled ? answerWith(answer, outcome.response) : outcome.response
    writeResponse(request, response, { ...written, bodyUnread: body === undefined })
    await ended
    const { status } = written
    return { ...describeOutcome(outcome), receivedAt, status, capture: body && toCapture(request, body, url) }
  }
}

function answerWith(status: number, { headers, bodyUnread }: WebhookResponse): WebhookResponse {
  const hasBody = status !== 204 && status !== 304
  const body = hasBody ? JSON.stringify({ status: 'answered as --answer says' }) : ''
  return { status, headers: hasBody ? headers : {}, body, bodyUnread }
}

/** Shorter than the sender's retry schedule: the receiver refuses a longer lease. */
function chooseLease({ retries = [], retriesForSeconds = 0 }: Scheme): number {
  const scheduled = retries.reduce((sum, delay) => sum + delay, 0)
  const horizonMs = Math.max(scheduled, retriesForSeconds) * 1000
  return horizonMs > 0 ? Math.min(30_000, Math.ceil(horizonMs / 2)) : 30_000
}

function toCapture(request: IncomingMessage, body: Uint8Array, url: string | undefined): Capture {
  const { method = 'GET', rawHeaders } = request
  const headers: [string, string][] = []
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    headers.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? ''])
  return { method, url: resolvePublicUrl(request, url), headers, body, notes: [] }
}
