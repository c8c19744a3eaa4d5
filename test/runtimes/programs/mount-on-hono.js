import { webhook, webhookHandler } from '@countersign/hono'
import { Hono } from 'hono'

/** @import { ContractRoutes } from '@countersign/conformance/routes' */
/** @import { Mounted } from './mount-on-fetch.js' */

/** @type {(contract: ContractRoutes) => Mounted} */
export function mountOnHono({ routes }) {
  const app = new Hono()
  for (const { path, form, options, outerOptions, isParsedBefore, run, handle } of routes) {
    if (isParsedBefore) {
      app.use(path, async (c, next) => {
        await c.req.text()
        await next()
      })
    }
    if (outerOptions) app.use(path, webhook(outerOptions))
    if (form === 'handles') {
      app.all(path, webhookHandler(options, handle))
    } else {
      app.all(
        path,
        webhook(options),
        async (c) => new Response(null, { status: await run(c.get('webhook')) }),
      )
    }
  }
  return (request, context) => app.fetch(request, {}, /** @type {any} */ (context))
}
