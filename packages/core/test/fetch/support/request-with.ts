import type { UnderlyingSource } from 'node:stream/web'

/** A request whose body comes as the source gives it. */
export function requestWith(source: UnderlyingSource<unknown>, highWaterMark = 0): Request {
  const body = new ReadableStream(source, { highWaterMark })
  return new Request('http://test/hook?a=b', { method: 'POST', body, duplex: 'half' } as RequestInit)
}

/** A request whose body comes in these pieces. */
export function requestOf(...pieces: readonly unknown[]): Request {
  const left = [...pieces]
  return requestWith({
    pull(controller) {
      if (left.length > 0) controller.enqueue(left.shift())
      else controller.close()
    },
  })
}

/** A source that never gives anything, and remembers whether it was told to stop. */
export class SilentSource {
  isCancelled = false
  pull(): Promise<void> {
    return new Promise(() => undefined)
  }
  cancel(): void {
    this.isCancelled = true
  }
}
