import type { FastifyRequest } from 'fastify'
import { findAcceptance } from './acceptances.js'

const setAside = new WeakMap<FastifyRequest, FastifyRequest['headers']>()

/** By these Fastify sees that there is a body to parse, which has been read by then. */
const headersOfBodies = {
  'content-type': undefined,
  'content-length': undefined,
  'transfer-encoding': undefined,
}

/** Sets aside, until `restoreRequest`, what tells Fastify of a body: whatever parser it would choose, or refuse to choose. */
export function skipParsing(request: FastifyRequest): void {
  const { headers } = request
  setAside.set(request, headers)
  request.headers = { ...headers, ...headersOfBodies }
}

/** Puts the headers back, once, and the verified payload where a parser would have left it, for schemas and hooks. */
export function restoreRequest(request: FastifyRequest): void {
  const headers = setAside.get(request)
  if (!headers) return
  setAside.delete(request)
  request.headers = headers
  request.body = findAcceptance(request)?.delivery.payload
}
