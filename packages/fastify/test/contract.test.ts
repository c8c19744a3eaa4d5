import { testAdapter } from '@countersign/conformance'
import { type ContractRoute, createContractRoutes } from '@countersign/conformance/routes'
import { loadVectors } from '@countersign/testing'
import fastify from 'fastify'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { webhook, webhookHandler, webhooks } from '../src/index.js'

const vectors = await loadVectors(new URL('../../../test-vectors/vectors/', import.meta.url))

describe.each([
  { name: 'Fastify 5', withPlugin: false },
  { name: 'Fastify 5 (plugin)', withPlugin: true },
])('$name', ({ name, withPlugin }) => {
  testAdapter({
    name,
    vectors,
    test,
    beforeAll,
    afterAll,
    start: async (groups) => {
      const { routes, control } = createContractRoutes(groups)
      const app = fastify({ forceCloseConnections: true })
      if (withPlugin) await app.register(webhooks)
      for (const route of routes) {
        const { path, options, isParsedBefore } = route
        const routeOptions = withPlugin ? { config: { webhook: options } } : webhook(options)
        const hooks = { ...(isParsedBefore && { onRequest: readBody }), ...hooksBefore(route) }
        app.all(path, { ...routeOptions, ...hooks, handler: handlerOf(route) })
      }
      const origin = await app.listen({ port: 0, host: '127.0.0.1' })
      return { origin, control, stop: () => app.close() }
    },
  })
})

function handlerOf({
  form,
  options,
  run,
  handle,
}: ContractRoute): ReturnType<typeof webhookHandler>['handler'] {
  if (form === 'handles') return webhookHandler(options, handle).handler
  return async (request, reply) => reply.code(await run(request.webhook)).send()
}

/** Where the route is mounted twice, a second `webhook()` before its own. */
function hooksBefore({ options, outerOptions }: ContractRoute) {
  return outerOptions && { preParsing: [webhook(outerOptions).preParsing, webhook(options).preParsing] }
}

/** As plugins do that keep a body for themselves. */
async function readBody({ raw }: { raw: AsyncIterable<unknown> }): Promise<void> {
  for await (const _ of raw);
}
