import { testAdapter } from '@countersign/conformance'
import { type ContractRoute, createContractRoutes } from '@countersign/conformance/routes'
import { webhook } from '@countersign/core/fetch'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, test } from 'vitest'
import { vectors } from '../../../test/support/committed-vectors.js'

/** One function serves both forms: they differ only in whether the handler returns its own answer. */
function fetchOf({
  form,
  options,
  outerOptions,
  isParsedBefore,
  run,
  handle,
}: ContractRoute): (request: Request) => Promise<Response> {
  const receive = webhook(options, async (delivery) => {
    if (form === 'handles') return handle(delivery)
    return new Response(null, { status: await run(delivery) })
  })
  if (outerOptions) return webhook(outerOptions, (_delivery, { request }) => receive(request))
  if (!isParsedBefore) return receive
  return async (request) => {
    await request.text()
    return receive(request)
  }
}

let server: ReturnType<typeof serve>

testAdapter({
  name: 'fetch',
  vectors,
  test,
  beforeAll,
  afterAll,
  start: async (groups) => {
    const { routes, control } = createContractRoutes(groups)
    const receivers = new Map(routes.map((route) => [route.path, fetchOf(route)]))
    const fetch = (request: Request) =>
      receivers.get(new URL(request.url).pathname)?.(request) ?? new Response(null, { status: 404 })
    const port = await new Promise<number>((resolve) => {
      server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, (info) => resolve(info.port))
    })
    return { origin: `http://127.0.0.1:${port}`, control, stop: async () => void server.close() }
  },
})
