import type { ServerResponse } from 'node:http'
import type { WebhookResponse } from '../../types.js'
import { type DeferredDestroy, deferSocketDestroy } from './defer-socket-destroy.js'
import { isHeadSent } from './is-head-sent.js'
import { readWriteArguments, refuseWrite } from './read-write-arguments.js'
import { reportWritableEnded } from './report-writable-ended.js'

/** Decides which answers wait, and what replaces them. */
export interface AnswerReplacement {
  /** Whether an answer with this status is held back until its end. Asked when the head is written. */
  readonly mustWait: (status: number) => boolean
  /** Called once, when the route has ended such an answer. Returns the answer to send instead, or undefined to send the route's. */
  readonly findReplacement: (status: number) => Promise<WebhookResponse | undefined>
}

/**
 * Holds an answer back where the claim decides what the sender gets: a failure on the last attempt before the sender disables the
 * endpoint, or a success whose transaction or deferred work may still fail.
 *
 * @param connection the answer's connection, destroyed if an answer cannot be sent
 * @returns a function that sends an answer instead of one that the route has not ended
 */
export function replaceAnswer(
  response: ServerResponse,
  { mustWait, findReplacement }: AnswerReplacement,
  connection: DeferredDestroy = deferSocketDestroy(response),
): (replacement: WebhookResponse) => void {
  const { write, end, writeHead, flushHeaders } = response
  let phase: 'open' | 'held' | 'ended' | 'sent' = 'open'
  const held: (readonly [method: (...args: never[]) => unknown, args: readonly unknown[]])[] = []
  reportWritableEnded(response, () => phase === 'ended' || phase === 'sent')

  /** Decided when the head is written. What was flushed before cannot be held back. */
  const isHeld = (status = response.statusCode): boolean => {
    if (phase === 'open' && !isHeadSent(response) && mustWait(status)) phase = 'held'
    return phase === 'held' || phase === 'ended'
  }
  const send = (replacement: WebhookResponse | undefined, args: readonly unknown[] = []) => {
    if (phase === 'sent') return
    phase = 'sent'
    if (!replacement) {
      for (const [method, given] of held) Reflect.apply(method, response, given)
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
    if (!isHeld(Number(args[0]))) return Reflect.apply(writeHead, response, args)
    response.statusCode = Number(args[0])
    held.push([writeHead, args])
    return response
  }) as ServerResponse['writeHead']

  response.flushHeaders = () => {
    if (!isHeld()) Reflect.apply(flushHeaders, response, [])
  }

  response.write = ((...args: unknown[]) => {
    const given = readWriteArguments(args)
    if (!given || !isHeld()) return Reflect.apply(write, response, args)
    if (phase === 'ended') return refuseWrite(given)
    if (given.callback) process.nextTick(given.callback)
    // Copied: the callback has run, so the caller may reuse its bytes.
    const { chunk, encoding } = given
    held.push([write, [typeof chunk === 'string' ? chunk : Buffer.from(chunk ?? []), encoding]])
    return true
  }) as ServerResponse['write']

  response.end = ((...args: unknown[]) => {
    const given = readWriteArguments(args)
    if (!given || !isHeld()) return Reflect.apply(end, response, args)
    if (phase === 'ended') {
      refuseWrite(given)
      return response
    }
    phase = 'ended'
    // Sending may fail only now, for example at a header that Node refuses.
    findReplacement(response.statusCode)
      .then((replacement) => send(replacement, args))
      .catch(() => connection.destroy())
    return response
  }) as ServerResponse['end']

  return send
}
