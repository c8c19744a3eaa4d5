import type { IncomingMessage } from 'node:http'
import { bodyAlreadyParsed, bodyIncomplete, bodyTimedOut } from '../body/body-errors.js'
import { startBodyTimer } from '../body/body-timer.js'
import { collectBytes } from '../body/collect-bytes.js'
import type { BodyLimits } from '../types.js'

/**
 * Reads the body of a request nobody has read from. However it ends, it leaves no listener and no timer; after an
 * error the rest of the body is still to come, for `drainRequest`.
 *
 * @param remedy what the framework's user can do where a parser has read the body; the error says it
 * @throws WebhookConfigurationError `ERR_WEBHOOK_BODY_ALREADY_PARSED` when somebody has
 * @throws WebhookVerificationError `ERR_WEBHOOK_BODY_TOO_LARGE`, `ERR_WEBHOOK_BODY_TIMEOUT`, `ERR_WEBHOOK_BODY_INCOMPLETE`;
 * `ERR_WEBHOOK_BODIES_PENDING` by the limits' budget
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
      request.off('data', collect).off('end', finish).off('close', loseSender).off('error', loseSender)
    }
    const giveUp = (error: unknown) => {
      stop()
      request.pause()
      reject(error)
    }
    const collect = (chunk: Uint8Array) => {
      try {
        bytes.add(chunk)
      } catch (error) {
        giveUp(error)
      }
    }
    const finish = () => {
      stop()
      resolve(asBuffer(bytes.join()))
    }
    // A sender that goes away may end the stream without an end or an error.
    const loseSender = (cause?: unknown) => giveUp(bodyIncomplete(cause))
    const cancelTimer = startBodyTimer(() => giveUp(bodyTimedOut(limits.bodyTimeoutMs)), limits.bodyTimeoutMs)
    request.on('data', collect).once('end', finish).once('close', loseSender).once('error', loseSender)
    // An earlier middleware may have paused the stream to keep it for later.
    request.resume()
  })
}

/** What programs for Node expect, however the body came. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}
