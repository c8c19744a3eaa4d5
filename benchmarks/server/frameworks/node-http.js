import { createServer } from 'node:http'
import { webhook } from '@countersign/core/node'
import { verifyTimestampAndBody } from '../../snippets.js'
import { isTicket, options, secret } from '../receiver-options.js'

/** @typedef {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => unknown} Listener */

export function create() {
  /** @type {Record<string, Listener>} */
  const routes = { '/snippet': snippet }
  for (const [path, receiver] of Object.entries(options)) {
    const accept = webhook(receiver)
    routes[path] = async (request, response) => {
      const delivery = await accept(request, response)
      if (delivery) response.writeHead(isTicket(delivery.payload) ? 204 : 422).end()
    }
  }
  return createServer((request, response) => void routes[request.url ?? '']?.(request, response))
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function snippet(request, response) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const body = verifyTimestampAndBody(request.headers, Buffer.concat(chunks), secret)
  if (body === undefined) return void response.writeHead(401).end()
  response.writeHead(isTicket(JSON.parse(body)) ? 204 : 422).end()
}
