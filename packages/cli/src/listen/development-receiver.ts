import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createReceiver, memoryStore, type Scheme, type WebhookResponse } from '@countersign/core'
import { readRawBody, toWebhookRequest, writeResponse } from '@countersign/core/node'
import type { Capture } from '@countersign/diagnosis'
import type { NamedSecret } from '../options/secret-options.js'
import { type ArrivedDelivery, describeOutcome } from './arrived-delivery.js'
import { calledUrl } from './called-url.js'

/** What deliveries are judged by, and how they are answered. */
export interface ReceiverParts {
  readonly scheme: Scheme
  readonly secrets: readonly NamedSecret[]
  readonly answer: number
  readonly url: string | undefined
  readonly warn: (message: string) => void
}

const bodyTimeoutMs = 10_000

/**
 * A receiver that answers as it is told instead of handling anything.
 *
 * @returns answers one request, and tells of it when the answer is out
 */
export function createDevelopmentReceiver({ scheme, secrets, answer, url, warn }: ReceiverParts) {
  const receiver = createReceiver({
    scheme,
    secret: secrets,
    store: memoryStore({ maxEntries: 100_000 }),
    leaseMs: leaseFor(scheme),
    // A sender's whole schedule is to be seen, the attempt included after which it would switch the endpoint off.
    exhaustAfter: false,
    onWarning: warn,
  })
  const isSuccess = answer >= 200 && answer < 300
  const limits = { maxBodyBytes: scheme.maxBodyBytes ?? 1_048_576, bodyTimeoutMs }

  return async (request: IncomingMessage, response: ServerResponse): Promise<ArrivedDelivery> => {
    const arrivedAt = Date.now()
    // Also where the sender goes away before it is answered.
    const ended = once(response, 'close').catch(() => undefined)
    // Before it is looked at: also of what its headers refuse, the whole is wanted.
    const reading = readRawBody(request, limits)
    const body = await reading.catch(() => undefined)
    const outcome = await receiver.receive({ ...toWebhookRequest(request), body: () => reading }, () => {
      if (!isSuccess) throw new Error('It is to be answered so.')
    })
    const wasHandled = outcome.type === 'processed' || outcome.type === 'handler-failed'
    const written = wasHandled ? answerWith(answer, outcome.response) : outcome.response
    writeResponse(request, response, { ...written, bodyUnread: body === undefined })
    await ended
    const { status } = written
    return { ...describeOutcome(outcome), arrivedAt, status, capture: body && captureOf(request, body, url) }
  }
}

function answerWith(status: number, { headers, bodyUnread }: WebhookResponse): WebhookResponse {
  const hasBody = status !== 204 && status !== 304
  const body = hasBody ? JSON.stringify({ status: 'answered as --answer says' }) : ''
  return { status, headers: hasBody ? headers : {}, body, bodyUnread }
}

/** A receiver refuses a lease that outlasts its sender's last retry. */
function leaseFor({ retries = [], retriesForSeconds = 0 }: Scheme): number {
  const scheduled = retries.reduce((sum, delay) => sum + delay, 0)
  const horizonMs = Math.max(scheduled, retriesForSeconds) * 1000
  return horizonMs > 0 ? Math.min(30_000, Math.ceil(horizonMs / 2)) : 30_000
}

function captureOf(request: IncomingMessage, body: Uint8Array, url: string | undefined): Capture {
  const { method = 'GET', rawHeaders } = request
  const headers: [string, string][] = []
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    headers.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? ''])
  return { method, url: calledUrl(request, url), headers, body, notes: [] }
}
