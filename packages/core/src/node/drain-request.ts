import type { IncomingMessage } from 'node:http'

/** How much of a refused body is still read and discarded. */
export interface DrainLimits {
  readonly maxBytes: number
  /** In milliseconds. */
  readonly timeoutMs: number
}

/** One second is enough for a sender to read the answer before the connection is closed. */
const defaultLimits: DrainLimits = { maxBytes: 16 * 1024 * 1024, timeoutMs: 1000 }

/**
 * Reads and discards the rest of a body that nobody will use. Without it, Node reads on without a limit, or the next request on the
 * connection never starts.
 *
 * @param limits default: 16 MiB, one second
 * @returns true if the body ended within the limits; otherwise the connection is destroyed
 *
 * @example
 * ```ts
 * export async function refuse({ request, response }: WebhookContext): Promise<void> {
 *   response.writeHead(413).flushHeaders()
 *   await drainRequest(request)
 *   response.end()
 * }
 * ```
 */
export async function drainRequest(
  request: IncomingMessage,
  limits: DrainLimits = defaultLimits,
): Promise<boolean> {
  if (!request.readable) return request.readableEnded
  const drained = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => stop(false), limits.timeoutMs)
    const stop = (isAtEnd: boolean) => {
      clearTimeout(timer)
      resolve(isAtEnd)
    }
    let bytes = 0
    // A reader that has failed must not keep collecting.
    request.removeAllListeners('data')
    request.on('data', (chunk: Uint8Array) => {
      bytes += chunk.length
      if (bytes > limits.maxBytes) stop(false)
    })
    request.once('end', () => stop(true))
    request.once('close', () => stop(false))
    request.resume()
  })
  if (!drained) request.destroy()
  return drained
}
