import { testAdapter } from '@countersign/conformance'
import { type ContractRoute, createContractRoutes } from '@countersign/conformance/routes'
import { loadVectors } from '@countersign/testing'
import { afterAll, beforeAll, test, vi } from 'vitest'
import { serveFetch } from '../../../test/support/serve-fetch.js'
import { type WebhookRoute, webhook } from '../src/index.js'

// Routes of the App Router without Next.js, on a server of web-standard requests. next.matrix.test.ts tests built applications,
// with what Next.js itself does to requests, and the Pages Router. The table of adapters shows its results.
vi.stubEnv('COUNTERSIGN_CONTRACT_RESULTS', '')

const vectors = await loadVectors(new URL('../../../test-vectors/vectors/', import.meta.url))
testAdapter({
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
