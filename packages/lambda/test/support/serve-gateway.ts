import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LambdaContext, LambdaResult } from '@countersign/lambda'
import type { Gateway } from './gateways.js'
import { receiveRequest } from './received-request.js'

/** A function as deployed: its event and its result go through JSON. */
export type DeployedFunction = (event: never, context: LambdaContext) => Promise<unknown>

export interface ServedGateway {
  readonly origin: string
  readonly port: number
  stop(): Promise<void>
}

/**
 * A gateway on a free loopback port. Like AWS's gateways, it invokes the function after the whole request has arrived, and
 * continues if the sender disconnects.
 *
 * @param findFunction the routes of the gateway, by path
 */
export async function serveGateway(
  gateway: Gateway,
  findFunction: (path: string) => DeployedFunction | undefined,
): Promise<ServedGateway> {
  const server = createServer((request, response) => {
    receiveRequest(request, gateway.maxBodyBytes)
      .then(async (received) => {
        if (!received) return response.writeHead(413, { connection: 'close' }).end()
        const invoked = findFunction(received.path)
        if (!invoked) return response.writeHead(404).end()
        const event = throughJson(gateway.toEvent(received))
        return writeResult(throughJson(await invoked(event as never, lambdaContext())), gateway, response)
      })
      .catch(() => response.writeHead(gateway.errorStatus).end('{"message":"Internal Server Error"}'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
  return { origin: `http://127.0.0.1:${port}`, port, stop }
}

function writeResult(result: unknown, { resultKeys }: Gateway, response: ServerResponse): void {
  const unknownKeys = Object.keys(result as object).filter((key) => !resultKeys.includes(key))
  if (unknownKeys.length > 0) throw new Error(`malformed result: ${unknownKeys}`)
  const {
    statusCode,
    headers = {},
    multiValueHeaders = {},
    body = '',
    isBase64Encoded = false,
    cookies = [],
  } = result as LambdaResult
  if (typeof statusCode !== 'number' || typeof body !== 'string') throw new Error('malformed result')
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value))
  for (const [name, values] of Object.entries(multiValueHeaders)) response.setHeader(name, values.map(String))
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  response.writeHead(statusCode).end(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'))
}

function throughJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

/** The context that Lambda passes for one invocation. */
export function lambdaContext(): LambdaContext {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'webhooks',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-2:123456789012:function:webhooks',
    memoryLimitInMB: '128',
    awsRequestId: '8476a536-e9f4-11e8-9739-2dfe598c3fcd',
    logGroupName: '/aws/lambda/webhooks',
    logStreamName: '2026/01/01/[$LATEST]0123456789abcdef',
    getRemainingTimeInMillis: () => 30_000,
  }
}
