/**
 * Keeps the work running after the sender disconnects and while `next start` shuts down, on platforms that would stop it. A claim
 * whose handler was stopped would last as long as its lease.
 *
 * @param work must never reject
 */
export async function waitUntil(work: Promise<unknown>): Promise<void> {
  try {
    // Imported per request: if this were loaded before Next itself, as a custom server may do, Next could not start.
    const { after } = await import('next/server.js')
    after(work)
  } catch {
    // Outside a request, for example in a test that calls its route, and on platforms without `after`.
  }
}
