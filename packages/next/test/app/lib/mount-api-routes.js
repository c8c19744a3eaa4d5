import { webhook, withWebhook } from '@countersign/next/pages'
import { contract } from './contract.js'

/** @import { ContractRoute } from '@countersign/conformance/routes' */
/** @import { NextApiHandler } from 'next/types.js' */

/**
 * All routes of the contract as one API route: either those whose bodies Next does not parse, or the others.
 *
 * @param {{ isParsedBefore: boolean }} options
 * @returns {NextApiHandler}
 */
export function mountApiRoutes({ isParsedBefore }) {
  const mounted = contract.routes.filter((route) => route.isParsedBefore === isParsedBefore)
  const routes = new Map(mounted.map((route) => [`/api${route.path}`, mount(route)]))
  return (req, res) => {
    const route = routes.get(new URL(req.url ?? '/', 'http://localhost').pathname)
    return route ? route(req, res) : res.status(404).send('No such route.')
  }
}

/**
 * @param {ContractRoute} route
 * @returns {NextApiHandler}
 */
function mount({ outerOptions, ...inner }) {
  const route = mountOnce(inner)
  return outerOptions ? withWebhook(outerOptions, (req, res) => route(req, res)) : route
}

/**
 * @param {Omit<ContractRoute, 'outerOptions'>} route
 * @returns {NextApiHandler}
 */
function mountOnce({ form, options, run, handle }) {
  if (form === 'handles') return webhook(options, handle)
  return withWebhook(options, async (req, res) => {
    res.status(await run(req.webhook)).end()
  })
}
