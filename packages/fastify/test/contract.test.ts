import { type AcceptWebhook, webhook } from '@countersign/core/node'
import { loadVectors, testAdapter } from '@countersign/testing'
import { createContractRoutes } from '@countersign/testing/contract-routes'
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { afterAll, beforeAll, test } from 'vitest'
import { webhookHandler, webhooks } from '../src/index.js'

testAdapter({
  name: 'Fastify 5',
  vectors: await loadVectors(new URL('../../../test-vectors/vectors/', import.meta.url)),
  test,
  beforeAll,
  afterAll,
  start: async (groups) => {
    const { routes, control } = createContractRoutes(groups)
    const app = fastify({ forceCloseConnections: true })
    await app.register(webhooks)
    for (const { path, form, options, outerOptions, isParsedBefore, run } of routes) {
      const hooks = isParsedBefore
        ? { onRequest: readBody }
        : outerOptions
          ? { onRequest: acceptBefore(webhook(outerOptions)) }
          : {}
      if (form === 'handles') {
        app.all(path, {
          ...webhookHandler(options, (delivery) => run(delivery).then(() => undefined)),
          ...hooks,
        })
      } else {
        app.all(path, { config: { webhook: options }, ...hooks }, async (request, reply) => {
          reply.code(await run(request.webhook))
        })
      }
    }
    const origin = await app.listen({ port: 0, host: '127.0.0.1' })
    return { origin, control, stop: () => app.close() }
  },
})

/** As where another adapter stands in front. */
function acceptBefore(accept: AcceptWebhook) {
  return async ({ raw }: FastifyRequest, reply: FastifyReply) => {
    if (!(await accept(raw, reply.raw))) reply.hijack()
  }
}

/** As plugins do that keep a body for themselves. */
async function readBody({ raw }: { raw: AsyncIterable<unknown> }): Promise<void> {
  for await (const _ of raw);
}
