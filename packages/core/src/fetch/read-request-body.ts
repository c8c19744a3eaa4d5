import { bodyAlreadyParsed, bodyIncomplete, bodyTimedOut } from '../body/body-errors.js'
import { startBodyTimer } from '../body/body-timer.js'
import { collectBytes } from '../body/collect-bytes.js'
import { asBytes } from '../encoding/as-bytes.js'
import { isWebhookError } from '../errors.js'
import type { BodyLimits } from '../types.js'
import { drainReader } from './drain-body.js'

/**
 * Reads the body of a request nobody has read from. After an error the rest is thrown away in the background.
 *
 * @param remedy what the framework's user can do where the body was read before; the error says it
 * @throws WebhookConfigurationError `ERR_WEBHOOK_BODY_ALREADY_PARSED` when somebody has
 * @throws WebhookVerificationError `ERR_WEBHOOK_BODY_TOO_LARGE`, `ERR_WEBHOOK_BODY_TIMEOUT`, `ERR_WEBHOOK_BODY_INCOMPLETE`;
 * `ERR_WEBHOOK_BODIES_PENDING` by the limits' budget
 */
export async function readRequestBody(
  request: Request,
  limits: BodyLimits,
  remedy?: string,
): Promise<Uint8Array> {
  if (request.bodyUsed || request.body?.locked) throw bodyAlreadyParsed(remedy)
  if (!request.body) return new Uint8Array()
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader()
  return new Promise((resolve, reject) => {
    const bytes = collectBytes(limits)
    let isOver = false
    const giveUp = (error: unknown) => {
      isOver = true
      cancelTimer()
      reject(error)
      void drainReader(reader)
    }
    const cancelTimer = startBodyTimer(() => giveUp(bodyTimedOut(limits.bodyTimeoutMs)), limits.bodyTimeoutMs)
    const collect = ({ done, value }: Awaited<ReturnType<typeof reader.read>>): void => {
      if (isOver) return
      if (done) {
        cancelTimer()
        resolve(bytes.join())
        return
      }
      // A stream of a user's own may hold anything; text has no exact bytes.
      const chunk = asBytes(value)
      if (!chunk) throw new TypeError('The body is not a stream of bytes.')
      bytes.add(chunk)
      readOn()
    }
    const readOn = () => {
      reader
        .read()
        .then(collect)
        .catch((cause) => giveUp(isWebhookError(cause) ? cause : bodyIncomplete(cause)))
    }
    readOn()
  })
}
