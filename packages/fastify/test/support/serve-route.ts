import type { ReceiverOptions } from '@countersign/core'
import type { VisibuildEvent } from '@countersign/core/schemes'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify'
import { hook } from './deliver.js'
import { serve } from './serve.js'

export type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown

export interface Route {
  readonly handler: Handler
  readonly options?: RouteShorthandOptions
  readonly webhook?: Partial<ReceiverOptions<VisibuildEvent>>
  /** Added to the instance before the route. */
  readonly declare?: (app: FastifyInstance) => unknown
}

/** Serves one webhook, at `/hook`. */
export function serveRoute({ handler, options, webhook, declare }: Route) {
  return serve(async (root) => {
    await declare?.(root)
    const config = { webhook: { ...hook().webhook, ...webhook } }
    root.post('/hook', { ...options, config }, handler as () => Promise<void>)
  })
}
