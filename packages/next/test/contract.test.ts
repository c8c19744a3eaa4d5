import { type ContractRoute, createContractRoutes } from '@countersign/conformance/routes'
import { afterAll, beforeAll, test } from 'vitest'
import { vectors } from '../../../test/support/committed-vectors.js'
import { serveFetch } from '../../../test/support/serve-fetch.js'
import { testContractPart } from '../../../test/support/test-contract-part.js'
import { type WebhookRoute, webhook } from '../src/index.js'

// Routes of the App Router without Next.js, on a server of web-standard requests. next.matrix.test.ts tests built applications,
// with what Next.js itself does to requests, and the Pages Router.
testContractPart({
  vectors,
  test,
  beforeAll,
  afterAll,
  name: 'routes of the App Router',
  start: async (groups) => {
    const { routes, control } = createContractRoutes(groups)
    const mounted = new Map(routes.map((route) => [route.path, mountAppRoute(route)]))
    const context = { params: Promise.resolve({}) }
    const { origin, stop } = await serveFetch(async (request) => {
      const route = mounted.get(new URL(request.url).pathname)
      return (await route?.(request as never, context)) ?? new Response(null, { status: 404 })
    })
    return { origin, control, stop }
  },
})

function mountAppRoute({
  form,
  options,
  outerOptions,
  isParsedBefore,
  run,
  handle,
}: ContractRoute): WebhookRoute {
  const receive = webhook(options, async (delivery) => {
    if (form === 'handles') return handle(delivery)
    return new Response(null, { status: await run(delivery) })
  })
  if (outerOptions)
    return webhook(outerOptions, (_delivery, { request, params }) => receive(request, { params }))
  if (!isParsedBefore) return receive
  return async (request, context) => {
    await request.text()
    return receive(request, context)
  }
}
