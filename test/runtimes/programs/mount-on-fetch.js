import { webhook } from '@countersign/core/fetch'

/** @import { FetchContext } from '@countersign/core/fetch' */
/** @import { ContractRoute, ContractRoutes } from '@countersign/conformance/routes' */

/** @typedef {(request: Request, context?: FetchContext) => Response | Promise<Response>} Mounted */

/** @type {(contract: ContractRoutes) => Mounted} */
export function mountOnFetch({ routes }) {
  const mounted = new Map(routes.map((route) => [route.path, mountRoute(route)]))
  return (request, context) => {
    const route = mounted.get(new URL(request.url).pathname)
    return route ? route(request, context) : new Response(null, { status: 404 })
  }
}

/** @type {(route: ContractRoute) => Mounted} */
function mountRoute({ form, options, outerOptions, isParsedBefore, run, handle }) {
  const receive = webhook(options, async (delivery) => {
    if (form === 'handles') return handle(delivery)
    return new Response(null, { status: await run(delivery) })
  })
  if (outerOptions) return webhook(outerOptions, (_delivery, { request }) => receive(request))
  if (!isParsedBefore) return receive
  return async (request, context) => {
    await request.text()
    return receive(request, context)
  }
}
