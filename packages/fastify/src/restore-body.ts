import type { FastifyRequest } from 'fastify'
import { findAcceptance } from './accepted-requests.js'

const hidden = new WeakMap<FastifyRequest, FastifyRequest['headers']>()

/** These headers make Fastify parse a body, which has been read by then. */
const bodyHeaders = {
  'content-type': undefined,
  'content-length': undefined,
  'transfer-encoding': undefined,
}

/** Hides the body from Fastify until `restoreBody`, so that it chooses no parser and refuses no content type. */
export function hideBody(request: FastifyRequest): void {
  const { headers } = request
  hidden.set(request, headers)
  request.headers = { ...headers, ...bodyHeaders }
}

/** Restores the headers, once, and sets `request.body` to the verified payload, for schemas and hooks. */
export function restoreBody(request: FastifyRequest): void {
  const headers = hidden.get(request)
  if (!headers) return
  hidden.delete(request)
  request.headers = headers
  request.body = findAcceptance(request)?.delivery.payload
}
