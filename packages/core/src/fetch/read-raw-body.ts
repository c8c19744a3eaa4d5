import { bodyAlreadyParsed, bodyIncomplete, bodyTimedOut } from '../body/body-errors.js'
import { startBodyTimer } from '../body/body-timer.js'
import { collectBytes } from '../body/collect-bytes.js'
import { asBytes } from '../encoding/as-bytes.js'
import { isWebhookError } from '../errors.js'
import type { BodyLimits } from '../types.js'
import { drainReader } from './drain-request.js'

/**
 * Reads the body of a request that nothing has read from. After an error, the rest is discarded in the background.
 *
 * @param remedy the fix to name in the error if something has read the body already
 * @throws WebhookConfigurationError `ERR_WEBHOOK_BODY_ALREADY_PARSED` if the body has been read
 * @throws WebhookVerificationError `ERR_WEBHOOK_BODY_TOO_LARGE`, `ERR_WEBHOOK_BODY_TIMEOUT`, `ERR_WEBHOOK_BODY_INCOMPLETE`, or
 * `ERR_WEBHOOK_BODIES_PENDING` from the limits' budget
 */
export async function readRawBody(
  request: Request,
  limits: BodyLimits,
  remedy?: string,
): Promise<Uint8Array> {
  const stream = request.body
  if (request.bodyUsed || stream?.locked) throw bodyAlreadyParsed(remedy)
  if (!stream) return new Uint8Array()
  const reader: ReadableStreamDefaultReader<Uint8Array> = stream.getReader()
  return new Promise((resolve, reject) => {
    const bytes = collectBytes(limits)
    let isOver = false
    const fail = (error: unknown) => {
      isOver = true
      cancelTimer()
      reject(error)
      void drainReader(reader)
    }
    const cancelTimer = startBodyTimer(() => fail(bodyTimedOut(limits.bodyTimeoutMs)), limits.bodyTimeoutMs)
    const failToRead = (cause: unknown) => fail(isWebhookError(cause) ? cause : bodyIncomplete(cause))
    const collect = ({ done, value }: Awaited<ReturnType<typeof reader.read>>): void => {
      if (isOver) return
      try {
        if (done) {
          cancelTimer()
          resolve(bytes.join())
          return
        }
        // A stream created by the user may contain anything. Text has no exact bytes, so it cannot be verified.
        const chunk = asBytes(value)
        if (!chunk) throw new TypeError('The body is not a stream of bytes.')
        bytes.add(chunk)
        void readOn()
      } catch (cause) {
        failToRead(cause)
      }
    }
    // One promise a read, and not another for `catch`.
    const readOn = () => reader.read().then(collect, failToRead)
    void readOn()
  })
}
