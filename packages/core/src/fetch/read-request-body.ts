import { bodyAlreadyParsed, bodyIncomplete, bodyTimedOut, bodyTooLarge } from '../body-errors.js'
import { startBodyTimer } from '../body-timer.js'
import { asBytes } from '../encoding/as-bytes.js'
import type { WebhookError } from '../errors.js'
import type { BodyLimits } from '../types.js'
import { drainReader } from './drain-body.js'

/**
 * Reads the body of a request nobody has read from. After an error the rest is thrown away in the background.
 *
 * @param remedy what the framework's user can do where the body was read before; the error says it
 * @throws WebhookConfigurationError `ERR_WEBHOOK_BODY_ALREADY_PARSED` when somebody has
 * @throws WebhookVerificationError `ERR_WEBHOOK_BODY_TOO_LARGE`, `ERR_WEBHOOK_BODY_TIMEOUT`, `ERR_WEBHOOK_BODY_INCOMPLETE`
 */
export async function readRequestBody(
  request: Request,
  { maxBodyBytes, bodyTimeoutMs }: BodyLimits,
  remedy?: string,
): Promise<Uint8Array> {
  if (request.bodyUsed || request.body?.locked) throw bodyAlreadyParsed(remedy)
  if (!request.body) return new Uint8Array()
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader()
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    let size = 0
    let isOver = false
    const giveUp = (error: WebhookError) => {
      isOver = true
      cancelTimer()
      reject(error)
    }
    const cancelTimer = startBodyTimer(() => {
      giveUp(bodyTimedOut(bodyTimeoutMs))
      void drainReader(reader)
    }, bodyTimeoutMs)
    const collect = ({ done, value }: Awaited<ReturnType<typeof reader.read>>): void => {
      if (isOver) return
      if (done) {
        cancelTimer()
        resolve(joinChunks(chunks, size))
        return
      }
      // A stream of a user's own may hold anything; text has no exact bytes.
      if (!ArrayBuffer.isView(value)) throw new TypeError('The body is not a stream of bytes.')
      size += value.length
      if (size > maxBodyBytes) {
        giveUp(bodyTooLarge(maxBodyBytes))
        void drainReader(reader)
        return
      }
      chunks.push(value)
      reader.read().then(collect).catch(loseSender)
    }
    const loseSender = (cause: unknown) => giveUp(bodyIncomplete(cause))
    reader.read().then(collect).catch(loseSender)
  })
}

function joinChunks(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [first] = chunks
  const only = chunks.length === 1 ? asBytes(first) : undefined
  if (only) return only
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}
