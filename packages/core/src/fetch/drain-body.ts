/** As on Node: what a refused sender may still send before its answer is all it gets. */
const maxBytes = 16 * 1024 * 1024
const timeoutMs = 1000

/**
 * Throws away, within bounds, what is left of a body nobody will read, so that the next request on the connection is not
 * kept waiting. Beyond the bounds the runtime is told to stop the sender. It never rejects.
 */
export async function drainBody(request: Request): Promise<void> {
  try {
    if (!request.body || request.bodyUsed || request.body.locked) return
    await drainReader(request.body.getReader())
  } catch {
    // Some servers make the stream only when it is asked for, and may fail at it.
  }
}

export async function drainReader(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  // Nobody waits for it: in Next's edge runtime, `cancel` never resolves.
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
    // The sender went away.
  } finally {
    clearTimeout(timer)
  }
}
