import { testAdapter } from '@countersign/conformance'
import { type ContractRoute, createContractRoutes } from '@countersign/conformance/routes'
import { webhook, webhookHandler } from '@countersign/core/node'
import { afterAll, beforeAll, test } from 'vitest'
import { vectors } from '../../../../test/support/committed-vectors.js'
import { serve } from './support/serve.js'

type Listener = ReturnType<typeof webhookHandler>

function listenerOf({ outerOptions, ...route }: ContractRoute): Listener {
  const listener = listenOnce(route)
  if (!outerOptions) return listener
  const accept = webhook(outerOptions)
  return async (request, response) => {
    if (await accept(request, response)) await listener(request, response)
  }
}

/** The code that a user of `node:http` would write. */
function listenOnce({ form, options, run, handle }: Omit<ContractRoute, 'outerOptions'>): Listener {
  if (form === 'handles') return webhookHandler(options, handle)
  const accept = webhook(options)
  return async (request, response) => {
    const delivery = await accept(request, response)
    if (!delivery) return
    try {
      response.writeHead(await run(delivery)).end()
    } catch {
      response.writeHead(500).end()
    }
  }
}

function afterReading(listener: Listener): Listener {
  return async (request, response) => {
    for await (const _chunk of request);
    await listener(request, response)
  }
}

testAdapter({
  name: 'node:http',
  vectors,
  test,
  beforeAll,
  afterAll,
  start: async (groups) => {
    const { routes, control } = createContractRoutes(groups)
    const listeners = new Map(
      routes.map((route) => {
        const listener = listenerOf(route)
        return [route.path, route.isParsedBefore ? afterReading(listener) : listener]
      }),
    )
    const served = await serve((request, response) => {
      const [path = ''] = request.url?.split('?') ?? []
      void listeners.get(path)?.(request, response)
    })
    return { ...served, control }
  },
})
