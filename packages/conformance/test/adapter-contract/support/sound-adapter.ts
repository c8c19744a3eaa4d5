import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ContractRoute } from '@countersign/conformance/routes'
import {
  type Acceptance,
  createReceiver,
  type HandlerEnd,
  settleByResponse,
  type WebhookRequest,
} from '@countersign/core'
import { settleByAnswer, toWebhookRequest, writeResponse } from '@countersign/core/node'

export type Accepted = Extract<Acceptance, { accepted: true }>
export type Refused = Extract<Acceptance, { accepted: false }>

/** One exchange, as the parts of an adapter see it. */
export interface Exchange {
  readonly route: ContractRoute
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** The parts of an adapter, so that a flaw is one part done wrongly. */
export interface AdapterParts {
  prepare(route: ContractRoute): void
  toRequest(request: IncomingMessage): WebhookRequest
  refuse(exchange: Exchange, refused: Refused): void
  handle(exchange: Exchange, accepted: Accepted): Promise<void>
}

/** An adapter for `node:http` that does all of it right. */
export const soundParts: AdapterParts = {
  prepare: () => {},
  toRequest: (request) => toWebhookRequest(request),
  refuse: ({ request, response }, { outcome }) => writeResponse(request, response, outcome.response),
  async handle(exchange, accepted) {
    if (exchange.route.form === 'handles') return handleRoute(exchange, accepted)
    const { status, end } = await runRoute(exchange.route, accepted)
    const { response } = await accepted.settle(end)
    const stands = end.ok ? response.status < 300 : !accepted.isLastAttempt
    if (stands) exchange.response.writeHead(status).end()
    else writeResponse(exchange.request, exchange.response, response)
  },
}

async function handleRoute({ route, request, response }: Exchange, accepted: Accepted): Promise<void> {
  const outcome = await settleByResponse(accepted, route.handle)
  writeResponse(request, response, outcome.response)
}

/** Runs the user's code, and says how it ended and what it would answer. */
export async function runRoute(
  route: ContractRoute,
  { delivery }: Accepted,
): Promise<{ readonly status: number; readonly end: HandlerEnd }> {
  try {
    const status = await route.run(delivery)
    return { status, end: status < 300 ? { ok: true } : { ok: false } }
  } catch (error) {
    return { status: 500, end: { ok: false, error } }
  }
}

/** Puts the parts together. */
export function listenWith(
  parts: AdapterParts,
  route: ContractRoute,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const listen = listenOnce(parts, route)
  const { outerOptions } = route
  if (!outerOptions) return listen
  const outer = createReceiver(outerOptions)
  return async (request, response) => {
    const acceptance = await outer.accept(parts.toRequest(request))
    if (!acceptance.accepted) return parts.refuse({ route, request, response }, acceptance)
    if (settleByAnswer(response, acceptance)) await listen(request, response)
  }
}

function listenOnce(parts: AdapterParts, route: ContractRoute): ReturnType<typeof listenWith> {
  parts.prepare(route)
  const receiver = createReceiver(route.options)
  return async (request, response) => {
    if (route.isParsedBefore) for await (const _chunk of request);
    const exchange = { route, request, response }
    const acceptance = await receiver.accept(parts.toRequest(request))
    if (acceptance.accepted) await parts.handle(exchange, acceptance)
    else parts.refuse(exchange, acceptance)
  }
}
