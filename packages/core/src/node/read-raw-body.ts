import type { IncomingMessage } from 'node:http'
import { bodyAlreadyParsed, bodyIncomplete, bodyTimedOut } from '../body/body-errors.js'
import { startBodyTimer } from '../body/body-timer.js'
import { collectBytes } from '../body/collect-bytes.js'
import type { BodyLimits } from '../types.js'

/**
 * Reads the body of a request that nothing has read from. It always removes its listeners and its timer. After an error, the rest of
 * the body is left for `drainRequest`.
 *
 * @param remedy the fix to name in the error if a parser has read the body
 * @throws WebhookConfigurationError `ERR_WEBHOOK_BODY_ALREADY_PARSED` if the body has been read
 * @throws WebhookVerificationError `ERR_WEBHOOK_BODY_TOO_LARGE`, `ERR_WEBHOOK_BODY_TIMEOUT`, `ERR_WEBHOOK_BODY_INCOMPLETE`, or
 * `ERR_WEBHOOK_BODIES_PENDING` from the limits' budget
 *
 * @example
 * ```ts
 * export function bodyOf(request: NodeRequest): ReadBody {
 *   return (limits) => readRawBody(request, limits, 'Mount the webhook before the body parser.')
 * }
 * ```
 */
export async function readRawBody(
  request: IncomingMessage,
  limits: BodyLimits,
  remedy?: string,
): Promise<Uint8Array> {
  if (request.readableDidRead || request.readableEnded || request.readableEncoding !== null)
    throw bodyAlreadyParsed(remedy)
  if (request.destroyed) throw bodyIncomplete()
  if (!request.readable) throw bodyAlreadyParsed(remedy)
  return new Promise((resolve, reject) => {
    const bytes = collectBytes(limits)
    const stop = () => {
      cancelTimer()
      request
        .off('data', collect)
        .off('end', finish)
        .off('close', failIncomplete)
        .off('error', failIncomplete)
    }
    const fail = (error: unknown) => {
      stop()
      request.pause()
      reject(error)
    }
    const collect = (chunk: Uint8Array) => {
      try {
        bytes.add(chunk)
      } catch (error) {
        fail(error)
      }
    }
    const finish = () => {
      stop()
      resolve(asBuffer(bytes.join()))
    }
    // When the sender disconnects, the stream may close without `end` or `error`.
    const failIncomplete = (cause?: unknown) => fail(bodyIncomplete(cause))
    const cancelTimer = startBodyTimer(() => fail(bodyTimedOut(limits.bodyTimeoutMs)), limits.bodyTimeoutMs)
    request
      .on('data', collect)
      .once('end', finish)
      .once('close', failIncomplete)
      .once('error', failIncomplete)
    // An earlier middleware may have paused the stream.
    request.resume()
  })
}

/** Programs for Node expect a Buffer. Read when it is needed: the adapter for Hono is also bundled for runtimes that have none. */
function asBuffer(bytes: Uint8Array): Buffer {
  const { Buffer: NodeBuffer } = globalThis
  return NodeBuffer.isBuffer(bytes) ? bytes : NodeBuffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}
