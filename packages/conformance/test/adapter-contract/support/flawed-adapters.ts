import type { IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { settleByResponse, type WebhookRequest, type WebhookResponse } from '@countersign/core'
import { toWebhookRequest, writeResponse } from '@countersign/core/node'
import { type AdapterParts, runRoute, soundParts } from './sound-adapter.js'

/** An adapter with one thing done wrongly, and the case that must find it. */
export interface FlawedAdapter {
  readonly flaw: string
  readonly failing: string
  readonly parts: Partial<AdapterParts>
}

/** Changes the bytes on their way. */
function withBody(change: (bytes: Uint8Array) => Uint8Array): Partial<AdapterParts> {
  return {
    toRequest(request) {
      const right = toWebhookRequest(request)
      const { body } = right
      if (typeof body !== 'function') return right
      // Its length would tell that it was changed.
      const headers = [...(right.headers as [string, string][])].filter(
        ([name]) => name.toLowerCase() !== 'content-length',
      )
      return { ...right, headers, body: async (limits) => change(await body(limits)) }
    },
  }
}

function withRequest(change: (right: WebhookRequest, request: IncomingMessage) => Partial<WebhookRequest>) {
  return {
    toRequest: (request: IncomingMessage) => {
      const right = toWebhookRequest(request)
      return { ...right, ...change(right, request) }
    },
  }
}

/** Changes the answer of the form `handles` on its way. */
function withAnswer(change: (answer: WebhookResponse) => WebhookResponse): Partial<AdapterParts> {
  return {
    async handle(exchange, accepted) {
      const { route, request, response } = exchange
      if (route.form !== 'handles') return soundParts.handle(exchange, accepted)
      const outcome = await settleByResponse(accepted, route.handle)
      writeResponse(request, response, change(outcome.response))
    },
  }
}

function reserialise(bytes: Uint8Array): Uint8Array {
  try {
    return Buffer.from(JSON.stringify(JSON.parse(Buffer.from(bytes).toString())))
  } catch {
    return bytes
  }
}

export const flawedAdapters: readonly FlawedAdapter[] = [
  {
    flaw: 'parses the body and writes it again',
    failing: 'a body is taken by its bytes: numbers that no parser keeps',
    parts: withBody(reserialise),
  },
  {
    flaw: 'reads the body as text',
    failing: 'a body is taken by its bytes: invalid UTF-8',
    parts: withBody((bytes) => Buffer.from(Buffer.from(bytes).toString('utf8'))),
  },
  {
    flaw: 'strips a byte order mark, as TextDecoder does',
    failing: 'a body is taken by its bytes: a byte order mark',
    parts: withBody((bytes) =>
      Buffer.from(new TextDecoder('latin1').decode(bytes).replace(/^ï»¿/, ''), 'latin1'),
    ),
  },
  {
    flaw: 'hands over the headers as Node shows them',
    failing: 'a second Authorization header is seen, whether it is the same or not',
    parts: withRequest((_right, { headers }) => ({ headers })),
  },
  {
    flaw: 'takes the first of two headers',
    failing: 'refused by its headers: the signature header twice, another one',
    parts: withRequest((_right, { headersDistinct }) => ({
      headers: Object.fromEntries(
        Object.entries(headersDistinct).map(([name, values]) => [name, values?.[0]]),
      ),
    })),
  },
  {
    flaw: 'loses the query',
    failing: 'the secret resolver sees the request as it came',
    parts: withRequest(({ url }) => ({ url: url.split('?')[0] ?? '' })),
  },
  {
    flaw: 'reads the body only of JSON',
    failing: 'a delivery is read by its bytes, with a content type of: plain text',
    parts: withRequest(({ body }, { headers }) => ({
      body: headers['content-type']?.includes('json') ? body : new Uint8Array(),
    })),
  },
  {
    flaw: 'takes a body that was read before for an empty one',
    failing: 'a body that something has read before is a configuration error, within a second',
    parts: withRequest(({ body }, request) => ({ body: request.readableDidRead ? new Uint8Array() : body })),
  },
  {
    flaw: 'waits for a body that was read before',
    failing: 'a body that something has read before is a configuration error, within a second',
    parts: withRequest((_right, request) => ({
      body: () => new Promise((resolve) => void request.once('end', () => resolve(new Uint8Array()))),
    })),
  },
  {
    flaw: 'does not name the request',
    failing: 'an adapter that is mounted twice on one path says so each time, and keeps no claim',
    parts: withRequest(() => ({ source: undefined as never })),
  },
  {
    flaw: 'reads the whole body, however much it is',
    failing: 'a chunked body over the limit is refused while it still comes',
    parts: withRequest((_right, request) => ({ body: () => buffer(request) })),
  },
  {
    flaw: 'waits for the body for ever',
    failing: 'a body that stalls is refused with 408',
    parts: withRequest(({ body }) => ({
      body: (limits) =>
        (typeof body === 'function'
          ? body({ ...limits, bodyTimeoutMs: 60_000 })
          : body) as Promise<Uint8Array>,
    })),
  },
  {
    flaw: 'leaves the body of a refused request in the way of the next',
    failing: 'after a refusal with its body unread, the same connection serves the next request',
    parts: {
      refuse({ request, response }, { outcome }) {
        request.once('data', () => request.pause())
        response.writeHead(outcome.response.status, outcome.response.headers).end(outcome.response.body)
      },
    },
  },
  {
    flaw: 'says in the answer what is wrong',
    failing: 'the answer to a stranger is one and the same, whatever is wrong',
    parts: {
      refuse({ request, response }, { outcome }) {
        const body = 'error' in outcome ? String(outcome.error) : outcome.response.body
        writeResponse(request, response, { ...outcome.response, body })
      },
    },
  },
  {
    flaw: 'drops the headers of the answer',
    failing: 'a store that is down is answered 503, and nothing runs',
    parts: {
      refuse: ({ request, response }, { outcome }) =>
        writeResponse(request, response, { ...outcome.response, headers: {} }),
    },
  },
  {
    flaw: 'answers a copy of what still runs with 200',
    failing: 'a handler that does not answer keeps the event: a copy is told to come later',
    parts: {
      refuse({ request, response }, { outcome }) {
        const status = outcome.type === 'in-progress' ? 200 : outcome.response.status
        writeResponse(request, response, { ...outcome.response, status })
      },
    },
  },
  {
    flaw: 'never settles, so that what was handled still runs to all others',
    failing: 'a success completes: the repetition is answered and not run',
    parts: {
      async handle({ route, response }, accepted) {
        const { status } = await runRoute(route, accepted)
        response.writeHead(status).end()
      },
    },
  },
  {
    flaw: 'answers first and settles then',
    failing: 'the claim is completed before the answer ends',
    parts: {
      async handle({ route, response }, accepted) {
        const { status, end } = await runRoute(route, accepted)
        response.writeHead(status).end()
        await accepted.settle(end)
      },
    },
  },
  {
    flaw: 'releases when the sender goes away',
    failing: 'a sender that goes away stops nothing: the late success completes',
    parts: {
      async handle(exchange, accepted) {
        exchange.response.once('close', () => void accepted.settle({ ok: false }))
        await soundParts.handle(exchange, accepted)
      },
    },
  },
  {
    flaw: 'settles by the handler’s return alone, whatever the route answers',
    failing: 'any other status of the route is what the sender gets, and the retry runs',
    parts: {
      async handle({ route, response }, accepted) {
        const { status, end } = await runRoute(route, accepted)
        await accepted.settle(end.ok || !('error' in end) ? { ok: true } : end)
        response.writeHead(status).end()
      },
    },
  },
  {
    flaw: 'sends a 2xx of the route before it knows whether that is true',
    failing: 'a completion that was rolled back is no success to the sender, and the retry runs',
    parts: {
      async handle(exchange, accepted) {
        const { status, end } = await runRoute(exchange.route, accepted)
        await accepted.settle(end)
        exchange.response.writeHead(status).end()
      },
    },
  },
  {
    flaw: 'runs the handler twice',
    failing: 'many deliveries at once are each handled once',
    parts: {
      async handle(exchange, accepted) {
        await runRoute(exchange.route, accepted)
        await soundParts.handle(exchange, accepted)
      },
    },
  },
  {
    flaw: 'knows nothing of a last attempt',
    failing: 'the last attempt before the endpoint would be switched off is answered 2xx and kept',
    parts: {
      handle: (exchange, accepted) => soundParts.handle(exchange, { ...accepted, isLastAttempt: false }),
    },
  },
  {
    flaw: 'passes over a Response of the handler',
    failing:
      'a 2xx Response of the handler completes, and is what the sender gets, with its headers and bytes',
    parts: withAnswer(({ own: _, ...answer }) => ({
      ...answer,
      status: 200,
      body: '{"status":"processed"}',
    })),
  },
  {
    flaw: 'keeps the last cookie of a Response',
    failing: 'each cookie of a Response of the handler is sent',
    parts: withAnswer(({ own: _, ...answer }) => answer),
  },
  {
    flaw: 'answers 2xx for a Response of any status',
    failing: 'a Response of the handler with any other status is what the sender gets, and the retry runs',
    parts: withAnswer((answer) => ({ ...answer, status: 200 })),
  },
  {
    flaw: 'loses headers that the scheme does not name',
    failing: 'a custom scheme: what its verifier proves is handled once, and a retry after a failure runs',
    parts: withRequest(({ headers }) => ({
      headers: [...(headers as [string, string][])].filter(([name]) => !/timestamp/i.test(name)),
    })),
  },
  {
    flaw: 'writes into the options',
    failing: 'the options are what they were',
    parts: {
      prepare: ({ options }) => void Object.assign(options, { endpoint: options.endpoint ?? 'default' }),
    },
  },
]
