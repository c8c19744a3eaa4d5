import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import type { ContractGroup, ContractProgram, TestAdapterOptions } from '@countersign/conformance'
import { createContractRoutes } from '@countersign/conformance/routes'
import type { DeclaredTests } from '../../support/declared-tests.js'
import { declareTests } from './declared-tests.js'
import { serve } from './serve.js'
import { type AdapterParts, listenWith } from './sound-adapter.js'

/** Declares the contract's tests for an adapter that is put together from parts. */
export function testParts(
  parts: AdapterParts,
  options: Partial<TestAdapterOptions> = {},
): Promise<DeclaredTests> {
  return declareTests({
    name: 'An adapter (of parts)',
    vectors: [],
    start: (groups) => startParts(parts, groups),
    ...options,
  })
}

/** A program whose control is a function of this process. */
async function startParts(parts: AdapterParts, groups: readonly ContractGroup[]): Promise<ContractProgram> {
  const { routes, control } = createContractRoutes(groups)
  const listeners = new Map(routes.map((route) => [route.path, listenWith(parts, route)]))
  const served = await serve((request, response) => void listeners.get(pathOf(request))?.(request, response))
  return { ...served, control }
}

/** A program as of another process: it lies below a path, and its control is a route. */
export async function startRemoteParts(
  parts: AdapterParts,
  groups: readonly ContractGroup[],
): Promise<ContractProgram> {
  const { routes, control } = createContractRoutes(groups)
  const listeners = new Map(routes.map((route) => [`/api${route.path}`, listenWith(parts, route)]))
  const { origin, stop } = await serve(async (request, response) => {
    if (request.url !== '/api/contract/control') return listeners.get(pathOf(request))?.(request, response)
    const answer = await control(JSON.parse(await text(request)))
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(answer))
  })
  return { origin: `${origin}/api`, stop }
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?')[0] ?? ''
}
