// The program that the suite tests on every runtime. It uses only web standards; a file for each runtime starts it.
import { createContractRoutes, runVector } from '@countersign/conformance/routes'
import { mountOnFetch } from './mount-on-fetch.js'
import { mountOnHono } from './mount-on-hono.js'
import { watchWebCrypto } from './watch-web-crypto.js'

/** @import { Vector } from '@countersign/testing' */
/** @import { ContractRoutes } from '@countersign/conformance/routes' */
/** @import { Mounted } from './mount-on-fetch.js' */

const adapters = { fetch: mountOnFetch, hono: mountOnHono }

/**
 * Serves the adapter contract on one of the adapters. First the suite sends the routes to mount to `POST /contract/groups`.
 *
 * @param {string | undefined} adapter
 * @returns {Mounted}
 */
export function createProgram(adapter) {
  const mount = Object.entries(adapters).find(([name]) => name === adapter)?.[1]
  if (!mount) throw new Error(`ADAPTER must be one of ${Object.keys(adapters).join(', ')}.`)
  const webCrypto = watchWebCrypto()
  /** @type {ContractRoutes} */
  let contract
  /** @type {Mounted} */
  let mounted

  return async (request, context) => {
    /** @type {() => Promise<any>} */
    const json = () => request.json()
    switch (new URL(request.url).pathname) {
      case '/contract/groups':
        contract = createContractRoutes(await json())
        mounted = mount(contract)
        return Response.json(null)
      case '/contract/control':
        return Response.json(await contract.control(await json()))
      case '/contract/verify':
        return Response.json({ ...(await verifyAll(await json())), webCryptoMacs: webCrypto.countMacs() })
      default:
        return mounted(request, context)
    }
  }
}

/** @param {readonly Vector[]} vectors */
async function verifyAll(vectors) {
  const reports = await Promise.all(vectors.map((vector) => runVector(vector)))
  return { decided: reports.length, differences: reports.flatMap(({ difference }) => difference ?? []) }
}
