import type { ServerResponse } from 'node:http'
import { isPromise, type MaybePromise } from '../../promises/maybe-promise.js'
import { type DeferredDestroy, deferSocketDestroy } from './defer-socket-destroy.js'
import { isHeadSent } from './is-head-sent.js'
import { lengthOf, readWriteArguments, refuseWrite } from './read-write-arguments.js'
import { reportWritableEnded } from './report-writable-ended.js'

/**
 * Makes a response wait, just before its last byte, until the claim is settled: a sender that has the whole answer can rely on
 * it. `end()` fixes the status and headers, and later writes are refused. A closed connection changes nothing: the route
 * keeps running, and its late `end()` settles the claim. If the store is synchronous, nothing waits: the answer passes through.
 *
 * @param settle called once, with the status that the sender gets. False means that this status would be wrong: the connection is destroyed
 * @param connection the answer's connection, released before the last byte
 */
export function settleBeforeEnd(
  response: ServerResponse,
  settle: (status: number) => MaybePromise<boolean>,
  connection: DeferredDestroy = deferSocketDestroy(response),
): void {
  const { write, end, writeHead, flushHeaders } = response
  let phase: 'open' | 'settling' | 'ending' | 'ended' = 'open'
  let status: number | undefined
  let announcesLength = false
  let held: readonly unknown[] | undefined
  reportWritableEnded(response, () => phase !== 'open')

  /** Fixes the status and headers. Nothing is sent before the first byte of the body. */
  const freezeHead = () => {
    if (!isHeadSent(response)) response.writeHead(response.statusCode)
  }
  const releaseHeld = (): boolean => {
    const args = held
    held = undefined
    return args === undefined || Reflect.apply(write, response, args)
  }
  /** A failure to settle does not take the answer away. */
  const settleSafely = (answered: number): MaybePromise<boolean> => {
    try {
      return settle(answered)
    } catch {
      return true
    }
  }
  const finish = (args: readonly unknown[]) => {
    phase = 'ending'
    connection.release()
    try {
      releaseHeld()
      // A host may write the last chunk with the response's own `write`.
      Reflect.apply(end, response, args)
    } catch {
      response.destroy()
    }
    phase = 'ended'
  }

  // Node writes every head with this method, implicit heads too.
  response.writeHead = ((...args: unknown[]) => {
    Reflect.apply(writeHead, response, args)
    status = response.statusCode
    announcesLength = response.hasHeader('content-length') || args.some(namesLength)
    return response
  }) as ServerResponse['writeHead']

  response.flushHeaders = () => {
    freezeHead()
    // If no body follows, the head is the whole answer.
    const mayBeAll = phase === 'settling' || announcesLength || isBodiless(response)
    if (phase === 'ending' || phase === 'ended' || !mayBeAll) Reflect.apply(flushHeaders, response, [])
  }

  response.write = ((...args: unknown[]) => {
    const given = readWriteArguments(args)
    if ((phase === 'settling' || phase === 'ended') && given) return refuseWrite(given)
    if (phase !== 'open' || given?.chunk === undefined) return Reflect.apply(write, response, args)
    freezeHead()
    if (!announcesLength) {
      releaseHeld()
      return Reflect.apply(write, response, args)
    }
    if (given.callback) process.nextTick(given.callback)
    if (given.chunk.length === 0) return true
    const isFlowing = releaseHeld()
    // Held back because it may be the last chunk: a sender that counts bytes would have the whole answer. Copied, as the caller may reuse it.
    held = [typeof given.chunk === 'string' ? given.chunk : Buffer.from(given.chunk), given.encoding]
    return isFlowing
  }) as ServerResponse['write']

  response.end = ((...args: unknown[]) => {
    const given = readWriteArguments(args)
    const isLate = phase === 'settling' || (phase === 'ended' && given?.chunk !== undefined)
    if (isLate && given) refuseWrite(given)
    if (isLate) return response
    // Node throws its errors inside the route, which can then still answer something else.
    if (phase !== 'open' || !given) return Reflect.apply(end, response, args)
    if (needsLength(response)) response.setHeader('Content-Length', lengthOf(given))
    freezeHead()
    phase = 'settling'
    const proceed = () => finish(args)
    const settling = settleSafely(status ?? response.statusCode)
    const conclude = (isRight: boolean) => (isRight ? proceed() : connection.destroy())
    if (isPromise(settling)) settling.then(conclude, proceed)
    else conclude(settling)
    return response
  }) as ServerResponse['end']
}

/** Whether Node would set Content-Length for an answer passed to `end()` at once. It no longer can once the head is fixed. */
function needsLength(response: ServerResponse): boolean {
  if (isHeadSent(response) || isBodiless(response)) return false
  return !['content-length', 'transfer-encoding', 'trailer'].some((name) => response.hasHeader(name))
}

function isBodiless({ statusCode, req }: ServerResponse): boolean {
  return statusCode === 204 || statusCode === 304 || req?.method === 'HEAD'
}

/** Headers passed to `writeHead` alone cannot be read back from the response. They are an object or a list. */
function namesLength(headers: unknown): boolean {
  if (typeof headers !== 'object' || headers === null) return false
  const words = Array.isArray(headers) ? headers.flat() : Object.keys(headers)
  return words.some((word) => String(word).toLowerCase() === 'content-length')
}
