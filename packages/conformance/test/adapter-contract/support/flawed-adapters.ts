import type { IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { settleByResponse, type WebhookRequest, type WebhookResponse } from '@countersign/core'
import { toWebhookRequest, writeResponse } from '@countersign/core/node'
import { type AdapterParts, runRoute, soundParts } from './sound-adapter.js'

/** An adapter with one flaw, and the case that must find it. */
export interface FlawedAdapter {
  readonly flaw: string
  readonly failing: string
  readonly parts: Partial<AdapterParts>
}

/** Changes the bytes of the body. */
function withBody(change: (bytes: Uint8Array) => Uint8Array): Partial<AdapterParts> {
  return {
    toRequest(request) {
      const right = toWebhookRequest(request)
      const { body } = right
      if (typeof body !== 'function') return right
      // Its length would reveal the change.
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

/** Changes the answer of the form `handles`. */
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
    failing: 'a body is verified by its bytes: numbers that parsers change',
    parts: withBody(reserialise),
  },
  {
    flaw: 'reads the body as text',
    failing: 'a body is verified by its bytes: invalid UTF-8',
    parts: withBody((bytes) => Buffer.from(Buffer.from(bytes).toString('utf8'))),
  },
  {
    flaw: 'strips a byte order mark, as TextDecoder does',
    failing: 'a body is verified by its bytes: a byte order mark',
    parts: withBody((bytes) =>
      Buffer.from(new TextDecoder('latin1').decode(bytes).replace(/^ï»¿/, ''), 'latin1'),
    ),
  },
  {
    flaw: 'passes the headers as Node joins them',
    failing: 'a second Authorization header is refused, equal or not',
    parts: withRequest((_right, { headers }) => ({ headers })),
  },
  {
    flaw: 'uses the first of two headers',
    failing: 'refused because of its headers: the signature header twice, different',
    parts: withRequest((_right, { headersDistinct }) => ({
      headers: Object.fromEntries(
        Object.entries(headersDistinct).map(([name, values]) => [name, values?.[0]]),
      ),
    })),
  },
  {
    flaw: 'loses the query',
    failing: 'the secret resolver gets the original request',
    parts: withRequest(({ url }) => ({ url: url.split('?')[0] ?? '' })),
  },
  {
    flaw: 'reads the body only if it is JSON',
    failing: 'a delivery is verified by its bytes, whatever its content type: plain text',
    parts: withRequest(({ body }, { headers }) => ({
      body: headers['content-type']?.includes('json') ? body : new Uint8Array(),
    })),
  },
  {
    flaw: 'treats a body that was read before as empty',
    failing: 'a body that was read before the adapter is a configuration error within a second',
    parts: withRequest(({ body }, request) => ({ body: request.readableDidRead ? new Uint8Array() : body })),
  },
  {
    flaw: 'waits for a body that was read before',
    failing: 'a body that was read before the adapter is a configuration error within a second',
    parts: withRequest((_right, request) => ({
      body: () => new Promise((resolve) => void request.once('end', () => resolve(new Uint8Array()))),
    })),
  },
  {
    flaw: 'does not pass the request object',
    failing: 'an adapter that is mounted twice on one path reports it each time, and keeps no claim',
    parts: withRequest(() => ({ source: undefined as never })),
  },
  {
    flaw: 'reads the whole body, however large',
    failing: 'a chunked body over the limit is refused while it is still arriving',
    parts: withRequest((_right, request) => ({ body: () => buffer(request) })),
  },
  {
    flaw: 'waits for the body forever',
    failing: 'a body that stalls is refused with 408',
    parts: withRequest(({ body }) => ({
      body: (limits) =>
        (typeof body === 'function'
          ? body({ ...limits, bodyTimeoutMs: 60_000 })
          : body) as Promise<Uint8Array>,
    })),
  },
  {
    flaw: 'leaves the body of a refused request unread',
    failing: 'after a refusal with an unread body, the same connection serves the next request',
    parts: {
      refuse({ request, response }, { outcome }) {
        request.once('data', () => request.pause())
        response.writeHead(outcome.response.status, outcome.response.headers).end(outcome.response.body)
      },
    },
  },
  {
    flaw: 'answers with the reason of a refusal',
    failing: 'the answer to a stranger is always the same, whatever is wrong',
    parts: {
      refuse({ request, response }, { outcome }) {
        const body = 'error' in outcome ? String(outcome.error) : outcome.response.body
        writeResponse(request, response, { ...outcome.response, body })
      },
    },
  },
  {
    flaw: 'drops the headers of the answer',
    failing: 'if the store is down, the answer is 503 and nothing runs',
    parts: {
      refuse: ({ request, response }, { outcome }) =>
        writeResponse(request, response, { ...outcome.response, headers: {} }),
    },
  },
  {
    flaw: 'answers a copy with 200 while the first one runs',
    failing: 'a handler that is still running keeps the event: a copy is asked to retry later',
    parts: {
      refuse({ request, response }, { outcome }) {
        const status = outcome.type === 'in-progress' ? 200 : outcome.response.status
        writeResponse(request, response, { ...outcome.response, status })
      },
    },
  },
  {
    flaw: 'never settles, so that a handled delivery seems to run forever',
    failing: 'a success completes the claim: the repetition is answered and does not run',
    parts: {
      async handle({ route, response }, accepted) {
        const { status } = await runRoute(route, accepted)
        response.writeHead(status).end()
      },
    },
  },
  {
    flaw: 'answers before it settles',
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
    flaw: 'releases the claim when the sender disconnects',
    failing: 'a sender that disconnects stops nothing: the late success completes the claim',
    parts: {
      async handle(exchange, accepted) {
        exchange.response.once('close', () => void accepted.settle({ ok: false }))
        await soundParts.handle(exchange, accepted)
      },
    },
  },
  {
    flaw: 'settles when the handler returns, whatever the route answers',
    failing: 'any other status of the route is sent, and the retry runs',
    parts: {
      async handle({ route, response }, accepted) {
        const { status, end } = await runRoute(route, accepted)
        await accepted.settle(end.ok || !('error' in end) ? { ok: true } : end)
        response.writeHead(status).end()
      },
    },
  },
  {
    flaw: 'sends a 2xx of the route before it settles',
    failing: 'a completion that was rolled back is not answered as a success, and the retry runs',
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
    flaw: 'does not handle the last attempt',
    failing: 'the last attempt before the sender would disable the endpoint is answered 2xx and kept',
    parts: {
      handle: (exchange, accepted) => soundParts.handle(exchange, { ...accepted, isLastAttempt: false }),
    },
  },
  {
    flaw: 'ignores a Response of the handler',
    failing: 'a 2xx Response of the handler completes the claim and is sent, with its headers and bytes',
    parts: withAnswer(({ own: _, ...answer }) => ({
      ...answer,
      status: 200,
      body: '{"status":"processed"}',
    })),
  },
  {
    flaw: 'keeps only the last cookie of a Response',
    failing: 'each cookie of a Response of the handler is sent',
    parts: withAnswer(({ own: _, ...answer }) => answer),
  },
  {
    flaw: 'answers 2xx for a Response of any status',
    failing: 'a Response of the handler with any other status is sent, and the retry runs',
    parts: withAnswer((answer) => ({ ...answer, status: 200 })),
  },
  {
    flaw: 'drops headers that the scheme does not name',
    failing: 'a custom scheme: a verified delivery is handled once, and a retry after a failure runs',
    parts: withRequest(({ headers }) => ({
      headers: [...(headers as [string, string][])].filter(([name]) => !/timestamp/i.test(name)),
    })),
  },
  {
    flaw: 'writes into the options',
    failing: 'the options are unchanged',
    parts: {
      prepare: ({ options }) => void Object.assign(options, { endpoint: options.endpoint ?? 'default' }),
    },
  },
]
