import type { ServerResponse } from 'node:http'
import type { WebhookResponse } from '../types.js'
import { isHeadSent } from './is-head-sent.js'
import { type KeptConnection, keepConnection } from './keep-connection.js'
import { tellEnded } from './tell-ended.js'
import { readWriteArguments, refuseWrite } from './write-arguments.js'

/** Which answers wait, and for what. */
export interface AnswerReplacement {
  /** Whether an answer of this status waits to its end; asked when its head is made. */
  readonly waits: (status: number) => boolean
  /** Called once, when the route has ended such an answer: what to send in its place, or undefined where it stands. */
  readonly answerTo: (status: number) => Promise<WebhookResponse | undefined>
}

/**
 * Keeps an answer back until it is known whether it is true, where what becomes of the claim decides what the sender is told: a
 * failure on the last attempt before the sender would switch the endpoint off, a success that was promised only.
 *
 * @param connection the answer's, which is cut where an answer cannot be sent
 * @returns sends an answer in place of one that the route has not ended
 */
export function replaceAnswer(
  response: ServerResponse,
  { waits, answerTo }: AnswerReplacement,
  connection: KeptConnection = keepConnection(response),
): (replacement: WebhookResponse) => void {
  const { write, end, writeHead, flushHeaders } = response
  let phase: 'open' | 'kept' | 'ended' | 'passing' = 'open'
  const kept: (readonly [method: (...args: never[]) => unknown, args: readonly unknown[]])[] = []
  tellEnded(response, () => phase === 'ended' || phase === 'passing')

  /** From the head on an answer is kept or not; what was flushed before cannot be. */
  const isKept = (status = response.statusCode): boolean => {
    if (phase === 'open' && !isHeadSent(response) && waits(status)) phase = 'kept'
    return phase === 'kept' || phase === 'ended'
  }
  const send = (replacement: WebhookResponse | undefined, args: readonly unknown[] = []) => {
    if (phase === 'passing') return
    phase = 'passing'
    if (!replacement) {
      for (const [method, given] of kept) Reflect.apply(method, response, given)
      Reflect.apply(end, response, args)
      return
    }
    const { status, headers, body } = replacement
    for (const name of response.getHeaderNames()) response.removeHeader(name)
    response.statusMessage = ''
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
    Reflect.apply(end, response, [body, readWriteArguments(args)?.callback])
  }

  response.writeHead = ((...args: unknown[]) => {
    if (!isKept(Number(args[0]))) return Reflect.apply(writeHead, response, args)
    response.statusCode = Number(args[0])
    kept.push([writeHead, args])
    return response
  }) as ServerResponse['writeHead']

  response.flushHeaders = () => {
    if (!isKept()) Reflect.apply(flushHeaders, response, [])
  }

  response.write = ((...args: unknown[]) => {
    const given = readWriteArguments(args)
    if (!given || !isKept()) return Reflect.apply(write, response, args)
    if (phase === 'ended') return refuseWrite(given)
    if (given.callback) process.nextTick(given.callback)
    // The caller may reuse its bytes, and was called back already.
    const { chunk, encoding } = given
    kept.push([write, [typeof chunk === 'string' ? chunk : Buffer.from(chunk ?? []), encoding]])
    return true
  }) as ServerResponse['write']

  response.end = ((...args: unknown[]) => {
    const given = readWriteArguments(args)
    if (!given || !isKept()) return Reflect.apply(end, response, args)
    if (phase === 'ended') {
      refuseWrite(given)
      return response
    }
    phase = 'ended'
    // What the route gave may turn out to be no answer only now, as a header that Node refuses.
    answerTo(response.statusCode)
      .then((replacement) => send(replacement, args))
      .catch(() => connection.cut())
    return response
  }) as ServerResponse['end']

  return send
}
