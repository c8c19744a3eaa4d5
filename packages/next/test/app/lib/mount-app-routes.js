import { webhook } from '@countersign/next'
import { contract } from './contract.js'

/** @import { RouteContext, WebhookRoute } from '@countersign/next' */
/** @import { ContractCommand, ContractRoute } from '@countersign/conformance/routes' */
/** @import { NextRequest } from 'next/server.js' */

/**
 * All routes of the contract as one catch-all route of the App Router.
 *
 * @param {string} prefix of their paths
 * @returns {WebhookRoute}
 */
export function mountAppRoutes(prefix) {
  const routes = new Map(contract.routes.map((route) => [`${prefix}${route.path}`, mount(route)]))
  return async (request, context) => {
    const { pathname } = new URL(request.url)
    if (pathname === `${prefix}/contract/control`)
      return Response.json(await contract.control(/** @type {ContractCommand} */ (await request.json())))
    return routes.get(pathname)?.(request, context) ?? new Response('No such route.', { status: 404 })
  }
}

/**
 * @param {ContractRoute} route
 * @returns {WebhookRoute}
 */
function mount({ form, options, outerOptions, isParsedBefore, run, handle }) {
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
