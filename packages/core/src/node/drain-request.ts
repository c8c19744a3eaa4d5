import type { IncomingMessage } from 'node:http'

/** How much of a refused body is still taken in and thrown away. */
export interface DrainLimits {
  readonly maxBytes: number
  readonly timeoutMs: number
}

/** A second is enough for a sender to read the answer before the connection is cut under it. */
const defaultLimits: DrainLimits = { maxBytes: 16 * 1024 * 1024, timeoutMs: 1000 }

/**
 * Throws away what is left of a body nobody will read. Left alone, Node drains without bound, or the next request
 * on the connection waits for ever.
 *
 * @returns true when the body came to its end within the limits; otherwise the connection is cut
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
    // A reader that gave up must not go on collecting.
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
