import { EventEmitter } from 'node:events'
import { configure as codegenie } from '@codegenie/serverless-express'
import type { SignedRequest } from '@countersign/testing'
import * as functions from '@google-cloud/functions-framework'
import { getTestServer } from '@google-cloud/functions-framework/testing'
import { configure as vendia } from '@vendia/serverless-express'
import type { Express } from 'express'
import mocks from 'node-mocks-http'
import serverlessHttp from 'serverless-http'
import {
  functionUrl,
  type Gateway,
  loadBalancer,
  restApi,
} from '../../../packages/lambda/test/support/gateways.js'
import { serve } from '../../support/serve.js'

/** A host that runs Express applications, mostly without a server. */
export interface ExpressHost {
  readonly name: string
  /** @returns a function that delivers to a path and returns the status */
  start(app: Express): Promise<(path: string, delivery: SignedRequest) => Promise<number>>
}

type Invoke = (event: object, context: object) => Promise<unknown>

/** A Lambda function that passes an event to the application. */
function lambdaHost(library: string, gateway: Gateway, wrap: (app: Express) => Invoke): ExpressHost {
  return {
    name: `${library}, ${gateway.name}`,
    async start(app) {
      const invoke = wrap(app)
      return async (path, { headers, body }) => {
        const sent = [...headers, ['Host', 'example.org'], ['Content-Length', String(body.length)]] as const
        const request = { method: 'POST', path, query: '', headers: sent, body: Buffer.from(body) }
        return ((await invoke(gateway.toEvent(request), {})) as { statusCode: number }).statusCode
      }
    },
  }
}

const gateways = [restApi, functionUrl, loadBalancer({ multiValueHeaders: false })]

/** Its request has no stream: the body is either set or missing. */
const mockedRequest: ExpressHost = {
  name: 'node-mocks-http',
  async start(app) {
    return (path, { headers, body }) => {
      const request = mocks.createRequest({
        method: 'POST',
        url: path,
        headers: Object.fromEntries(headers),
        body: Buffer.from(body),
      })
      const response = mocks.createResponse({ eventEmitter: EventEmitter })
      return new Promise<number>((resolve) => {
        response.on('end', () => resolve(response.statusCode))
        app(request, response)
      })
    }
  },
}

/** It parses the body before the application gets it, and keeps the bytes. */
const functionsFramework: ExpressHost = {
  name: '@google-cloud/functions-framework',
  async start(app) {
    functions.http('receive', app)
    const server = getTestServer('receive')
    const { url } = await serve((request, response) => void server.emit('request', request, response))
    return async (path, { headers, body }) =>
      (
        await fetch(url + path, {
          method: 'POST',
          headers: [...headers] as [string, string][],
          body: body as Buffer,
        })
      ).status
  },
}

export const expressHosts: readonly ExpressHost[] = [
  ...gateways.flatMap((gateway) => [
    lambdaHost('serverless-http', gateway, (app) => serverlessHttp(app) as Invoke),
    lambdaHost('@vendia/serverless-express', gateway, (app) => vendia({ app }) as unknown as Invoke),
    lambdaHost('@codegenie/serverless-express', gateway, (app) => codegenie({ app }) as unknown as Invoke),
  ]),
  mockedRequest,
  functionsFramework,
]
