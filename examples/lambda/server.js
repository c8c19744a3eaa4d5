// A local function URL, for trying the function without an account: each request invokes it once. It is not deployed.
import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { HttpApiEvent, LambdaContext } from '@countersign/lambda' */

const { handler } = await import('./function.js').catch((error) => stop(error.message))

/** @type {LambdaContext} */
const context = {
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'webhooks',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:webhooks',
  memoryLimitInMB: '128',
  awsRequestId: '00000000-0000-0000-0000-000000000000',
  logGroupName: '/aws/lambda/webhooks',
  logStreamName: 'local',
  getRemainingTimeInMillis: () => 30_000,
}

/** @type {(request: IncomingMessage) => Promise<HttpApiEvent>} */
async function toEvent(request) {
  const [rawPath = '/', rawQueryString = ''] = (request.url ?? '/').split('?')
  const headers = Object.entries(request.headersDistinct).map(([name, values]) => [name, values?.join(',')])
  return {
    rawPath,
    rawQueryString,
    headers: Object.fromEntries(headers),
    requestContext: { http: { method: request.method ?? 'GET' } },
    body: (await buffer(request)).toString('base64'),
    isBase64Encoded: true,
  }
}

/** @type {(request: IncomingMessage, response: ServerResponse) => Promise<void>} */
async function answer(request, response) {
  const { statusCode, headers = {}, body } = await handler(await toEvent(request), context)
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value))
  response.writeHead(statusCode).end(body)
}

/** @type {(reason: string) => never} */
function stop(reason) {
  console.error(reason)
  process.exit(1)
}

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    console.error(error)
    response.writeHead(502).end()
  })
})
server.on('error', (error) => stop(`Cannot listen: ${error.message}`))

const port = Number(process.env.PORT || 3000)
if (!Number.isInteger(port) || port < 0 || port > 65_535) stop('PORT must be a number from 0 to 65535.')
server.listen(port, '127.0.0.1', () => {
  const address = server.address()
  if (address && typeof address === 'object') console.log(`listening on http://127.0.0.1:${address.port}`)
})

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => {
    // Finishes running requests, and closes what is still open after ten seconds.
    server.close()
    server.keepAliveTimeout = 1
    setTimeout(() => server.closeAllConnections(), 10_000).unref()
  })
}
