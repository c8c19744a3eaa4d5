import type { ServerResponse } from 'node:http'
import { isSuccess } from '../is-success.js'
import type { WebhookResponse } from '../types.js'
import { tellEnded } from './tell-ended.js'
import { readWriteArguments, refuseWrite } from './write-arguments.js'

/**
 * Sends another answer in place of one that is not 2xx, for the last attempt before the sender would switch the
 * endpoint off. Nothing of the route's own answer goes out: what became of the claim decides what the sender is told.
 *
 * @param answerTo called once, when the route ends an answer with such a status
 */
export function replaceFailure(
  response: ServerResponse,
  answerTo: (status: number) => Promise<WebhookResponse>,
): void {
  const { write, end, writeHead, flushHeaders } = response
  let phase: 'open' | 'replacing' | 'replaced' = 'open'
  tellEnded(response, () => phase !== 'open')
  const passes = (status: number) => phase === 'replaced' || (phase === 'open' && isSuccess(status))
  const passesNow = () => response.headersSent || passes(response.statusCode)

  response.writeHead = ((...args: unknown[]) => {
    if (passes(Number(args[0]))) return Reflect.apply(writeHead, response, args)
    response.statusCode = Number(args[0])
    return response
  }) as ServerResponse['writeHead']

  response.flushHeaders = () => {
    if (passesNow()) Reflect.apply(flushHeaders, response, [])
  }

  response.write = ((...args: unknown[]) => {
    const given = readWriteArguments(args)
    if (!given || passesNow()) return Reflect.apply(write, response, args)
    if (phase === 'replacing') return refuseWrite(given)
    if (given.callback) process.nextTick(given.callback)
    return true
  }) as ServerResponse['write']

  response.end = ((...args: unknown[]) => {
    const given = readWriteArguments(args)
    if (!given || passesNow()) return Reflect.apply(end, response, args)
    if (phase === 'replacing') {
      refuseWrite(given)
      return response
    }
    phase = 'replacing'
    answerTo(response.statusCode)
      .then(({ status, headers, body }) => {
        phase = 'replaced'
        for (const name of response.getHeaderNames()) response.removeHeader(name)
        response.statusMessage = ''
        response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
        Reflect.apply(end, response, [body, given.callback])
      })
      .catch(() => response.destroy())
    return response
  }) as ServerResponse['end']
}
