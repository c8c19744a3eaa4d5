import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { testAdapter } from '@countersign/conformance'
import { createContractRoutes } from '@countersign/conformance/routes'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { StatusCode } from 'hono/utils/http-status'
import { afterAll, beforeAll, test } from 'vitest'
import { vectors } from '../../../../test/support/committed-vectors.js'
import { webhook, webhookHandler } from '../../src/index.js'

/** The adapter contract, or a part of it, on Node. */
export function describeContract(testContract = testAdapter): void {
  testContract({
    name: 'Hono',
    vectors,
    test,
    beforeAll,
    afterAll,
    start: async (groups) => {
      const { routes, control } = createContractRoutes(groups)
      const app = new Hono()
      // Does not log the errors that cases cause.
      app.onError((_error, c) => c.text('Internal Server Error', 500))
      for (const { path, form, options, outerOptions, isParsedBefore, run, handle } of routes) {
        if (isParsedBefore)
          app.use(path, async (c, next) => {
            await c.req.json()
            await next()
          })
        if (outerOptions) app.use(path, webhook(outerOptions))
        if (form === 'answers')
          app.all(path, webhook(options), async (c) =>
            c.body(null, (await run(c.get('webhook'))) as StatusCode),
          )
        else app.all(path, webhookHandler(options, handle))
      }
      const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }) as Server
      await once(server, 'listening')
      const { port } = server.address() as AddressInfo
      return {
        origin: `http://127.0.0.1:${port}`,
        control,
        stop: async () => {
          server.closeAllConnections()
          server.close()
        },
      }
    },
  })
}
