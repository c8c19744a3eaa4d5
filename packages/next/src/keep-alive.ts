/**
 * Lets the work of a request go on after its sender has gone away: where a platform would end it then, and where `next start` is told to
 * stop. A claim whose handler was cut off would last as long as its lease.
 *
 * @param work never rejects
 */
export async function keepAlive(work: Promise<unknown>): Promise<void> {
  try {
    // No sooner than for a request: whoever loads this before Next itself, as a custom server may, could not start Next any more.
    const { after } = await import('next/server.js')
    after(work)
  } catch {
    // Outside of a request, as in a test that calls its route, and on platforms that offer nothing of the kind.
  }
}
