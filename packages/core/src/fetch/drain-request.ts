/** The same limits as on Node: how much a refused sender may still send before the connection is given up. */
const maxBytes = 16 * 1024 * 1024
const timeoutMs = 1000

/**
 * Reads and discards the rest of a body that nobody will use, so that the next request on the connection does not wait. Beyond
 * 16 MiB or one second the body is cancelled. Never rejects.
 */
export async function drainRequest(request: Request): Promise<void> {
  try {
    if (!request.body || request.bodyUsed || request.body.locked) return
    await drainReader(request.body.getReader())
  } catch {
    // Some servers create the stream when `body` is first read, and that may throw.
  }
}

/** The same for a body that already has a reader. */
export async function drainReader(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  // Not awaited: in Next's edge runtime, `cancel` never resolves.
  const stop = () => void reader.cancel().catch(() => undefined)
  const timer = setTimeout(stop, timeoutMs)
  try {
    let bytes = 0
    while (true) {
      const { done, value } = await reader.read()
      if (done) return
      bytes += value.length
      if (bytes > maxBytes) return stop()
    }
  } catch {
    // The sender disconnected.
  } finally {
    clearTimeout(timer)
  }
}
