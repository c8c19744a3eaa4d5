import { startBodyTimer } from '../body/body-timer.js'
import { collectBytes } from '../body/collect-bytes.js'
import { decodeUtf8 } from '../encoding/utf8.js'
import { isWebhookError } from '../errors.js'
import type { WebhookResponse } from '../types.js'

/** A response that the handler returned, as data. */
export type OwnAnswer = Omit<WebhookResponse, 'bodyUnread'> & Required<Pick<WebhookResponse, 'own'>>

/** A response to a webhook is a challenge or a few words, so it is held in memory. */
const maxBytes = 1024 * 1024
const timeoutMs = 5_000

/** Hop-by-hop headers and the length: the adapter's server sets its own. */
const hopHeaders: readonly string[] = ['content-length', 'transfer-encoding', 'connection', 'keep-alive']

/**
 * Returns the status of a result that is a web `Response`, and undefined for any other. Runtimes and frameworks have their own
 * response classes, so `instanceof` would miss some.
 *
 * @example
 * statusOfResponse(new Response('gone', { status: 410 })) // 410
 * statusOfResponse({ status: 410 }) // undefined: data, not a response
 */
export function statusOfResponse(result: unknown): number | undefined {
  if (typeof result !== 'object' || result === null) return undefined
  const { status, headers } = result as Partial<Response>
  return typeof headers?.get === 'function' && typeof status === 'number' ? status : undefined
}

/**
 * Reads a clone of a response that a handler returned: up to 1 MiB, within 5 seconds.
 *
 * @throws Error with what is wrong, without any content of the response
 *
 * @example
 * const { status, headers, own } = await readResponse(new Response('challenge'))
 * console.log(status, headers, own.body)
 */
export async function readResponse(response: Response): Promise<OwnAnswer> {
  const { status } = response
  if (status < 200)
    throw new Error('The handler returned an error for a Response, as Response.error() is one.')
  if (response.bodyUsed) throw new Error('The handler returned a Response whose body was read before.')
  const bytes = await readBytes(response.clone().body)
  const pairs = [...response.headers].filter(([name]) => !hopHeaders.includes(name))
  const own = { headers: pairs, body: bytes }
  return { status, headers: Object.fromEntries(pairs), body: decodeUtf8(bytes) ?? '', own }
}

async function readBytes(body: ReadableStream<Uint8Array> | null): Promise<Uint8Array> {
  if (!body) return new Uint8Array()
  const reader = body.getReader()
  const bytes = collectBytes({ maxBodyBytes: maxBytes, bodyTimeoutMs: timeoutMs })
  const reading = (async () => {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) bytes.add(piece.value)
    return bytes.join()
  })()
  let cancelTimer = () => {}
  const late = new Promise<never>((_, reject) => {
    const fail = () =>
      reject(new Error(`The body of the handler's Response did not end within ${timeoutMs} ms.`))
    cancelTimer = startBodyTimer(fail, timeoutMs)
  })
  try {
    return await Promise.race([reading, late])
  } catch (cause) {
    void reading.catch(() => undefined)
    void reader.cancel().catch(() => undefined)
    if (!isWebhookError(cause)) throw cause
    throw new Error(`The body of the handler's Response is larger than ${maxBytes} bytes.`)
  } finally {
    cancelTimer()
  }
}
