import { testAdapter } from '@countersign/conformance'
import { type ContractRoute, createContractRoutes } from '@countersign/conformance/routes'
import fastify from 'fastify'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { vectors } from '../../../../test/support/committed-vectors.js'
import { webhook, webhookHandler, webhooks } from '../../src/index.js'

interface Mounted {
  /** The name in the contract's report. */
  readonly name: string
  /** Routes name their webhook in their config, and the plugin `webhooks` mounts it. */
  readonly withPlugin: boolean
}

/** The adapter contract, or a part of it, with one of the two ways to mount a webhook. */
export function describeContract({ name, withPlugin }: Mounted, testContract = testAdapter): void {
  describe(name, () => {
    testContract({
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
}

function handlerOf({
  form,
  options,
  run,
  handle,
}: ContractRoute): ReturnType<typeof webhookHandler>['handler'] {
  if (form === 'handles') return webhookHandler(options, handle).handler
  return async (request, reply) => reply.code(await run(request.webhook)).send()
}

/** A second `webhook()` before the route's own, for a route that is mounted twice. */
function hooksBefore({ options, outerOptions }: ContractRoute) {
  return outerOptions && { preParsing: [webhook(outerOptions).preParsing, webhook(options).preParsing] }
}

/** As plugins do that read the body themselves. */
async function readBody({ raw }: { raw: AsyncIterable<unknown> }): Promise<void> {
  for await (const _ of raw);
}
