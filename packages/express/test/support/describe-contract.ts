import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { testAdapter } from '@countersign/conformance'
import { createContractRoutes } from '@countersign/conformance/routes'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { vectors } from '../../../../test/support/committed-vectors.js'
import { webhook, webhookHandler } from '../../src/index.js'
import type { Framework } from './frameworks.js'

/** The adapter contract, or a part of it, with one major of Express. */
export function describeContract({ framework, express }: Framework, testContract = testAdapter): void {
  describe(framework, () => {
    testContract({
      name: framework,
      vectors,
      test,
      beforeAll,
      afterAll,
      start: async (groups) => {
        const { routes, control } = createContractRoutes(groups)
        const app = express()
        // Does not log the errors that cases cause.
        app.set('env', 'test')
        for (const { path, form, options, outerOptions, isParsedBefore, run, handle } of routes) {
          if (isParsedBefore) app.use(path, express.json())
          if (outerOptions) app.use(path, webhook(outerOptions))
          if (form === 'handles') app.all(path, webhookHandler(options, handle))
          else {
            app.all(path, webhook(options), (req, res, next) => {
              run(req.webhook).then((status) => res.sendStatus(status), next)
            })
          }
        }
        const server = createServer(app)
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
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
  })
}
