import type { ServerResponse } from 'node:http'
import { isHeadSent } from './is-head-sent.js'
import { type KeptConnection, keepConnection } from './keep-connection.js'
import { tellEnded } from './tell-ended.js'
import { lengthOf, readWriteArguments, refuseWrite } from './write-arguments.js'

/**
 * Makes a response wait, just before its last byte, until the claim is settled, so that whoever has the whole answer
 * can rely on it. With `end()` the status and headers stand, and what comes after it is refused. A closed
 * connection changes nothing: the route goes on, and its late `end()` settles.
 *
 * @param settle called once, with the status the sender gets; false where that is not true: then the answer is cut off
 * @param connection the answer's, which is given back before its last byte
 */
export function settleBeforeEnd(
  response: ServerResponse,
  settle: (status: number) => Promise<boolean>,
  connection: KeptConnection = keepConnection(response),
): void {
  const { write, end, writeHead, flushHeaders } = response
  let phase: 'open' | 'settling' | 'settled' = 'open'
  let status: number | undefined
  let announcesLength = false
  let held: readonly unknown[] | undefined
  tellEnded(response, () => phase !== 'open')

  /** Fixes status and headers. Nothing is sent before the first byte of the body. */
  const freezeHead = () => {
    if (!isHeadSent(response)) response.writeHead(response.statusCode)
  }
  const releaseHeld = (): boolean => {
    const args = held
    held = undefined
    return args === undefined || Reflect.apply(write, response, args)
  }
  const finish = (args: readonly unknown[]) => {
    phase = 'settled'
    connection.giveBack()
    try {
      releaseHeld()
      Reflect.apply(end, response, args)
    } catch {
      response.destroy()
    }
  }

  // Node makes every head by this method, the implicit ones too.
  response.writeHead = ((...args: unknown[]) => {
    Reflect.apply(writeHead, response, args)
    status = response.statusCode
    announcesLength = response.hasHeader('content-length') || args.some(namesLength)
    return response
  }) as ServerResponse['writeHead']

  response.flushHeaders = () => {
    freezeHead()
    // Without a body to come, the head is the whole answer.
    const mayBeAll = phase === 'settling' || announcesLength || isBodiless(response)
    if (phase === 'settled' || !mayBeAll) Reflect.apply(flushHeaders, response, [])
  }

  response.write = ((...args: unknown[]) => {
    const given = readWriteArguments(args)
    if (phase === 'settling' && given) return refuseWrite(given)
    if (phase !== 'open' || given?.chunk === undefined) return Reflect.apply(write, response, args)
    freezeHead()
    if (!announcesLength) {
      releaseHeld()
      return Reflect.apply(write, response, args)
    }
    if (given.callback) process.nextTick(given.callback)
    if (given.chunk.length === 0) return true
    const isFlowing = releaseHeld()
    // It may be the last one, after which a sender that counts has the whole answer. The caller may reuse its bytes.
    held = [typeof given.chunk === 'string' ? given.chunk : Buffer.from(given.chunk), given.encoding]
    return isFlowing
  }) as ServerResponse['write']

  response.end = ((...args: unknown[]) => {
    const given = readWriteArguments(args)
    if (phase === 'settling' && given) refuseWrite(given)
    if (phase === 'settling') return response
    // What Node refuses, it refuses in the route, which can still answer otherwise.
    if (phase === 'settled' || !given) return Reflect.apply(end, response, args)
    if (takesLength(response)) response.setHeader('Content-Length', lengthOf(given))
    freezeHead()
    phase = 'settling'
    const proceed = () => finish(args)
    settle(status ?? response.statusCode).then((isTrue) => (isTrue ? proceed() : connection.cut()), proceed)
    return response
  }) as ServerResponse['end']
}

/** Whether Node would announce the length of an answer given whole; it cannot once the head is fixed before. */
function takesLength(response: ServerResponse): boolean {
  if (isHeadSent(response) || isBodiless(response)) return false
  return !['content-length', 'transfer-encoding', 'trailer'].some((name) => response.hasHeader(name))
}

function isBodiless({ statusCode, req }: ServerResponse): boolean {
  return statusCode === 204 || statusCode === 304 || req?.method === 'HEAD'
}

/** Headers given to `writeHead` alone cannot be asked for afterwards. They come as an object or as a list. */
function namesLength(headers: unknown): boolean {
  if (typeof headers !== 'object' || headers === null) return false
  const words = Array.isArray(headers) ? headers.flat() : Object.keys(headers)
  return words.some((word) => String(word).toLowerCase() === 'content-length')
}
