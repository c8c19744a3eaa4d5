import type { Answer } from '@countersign/testing/http'
import { RawClient } from '@countersign/testing/http'
import type { Target } from './contract-program.js'

/** Sends requests over one connection, and opens a new one when the server closes it. */
export interface Connection {
  exchange(request: string): Promise<Answer>
  end(): void
}

export function reuseConnection({
  host,
  port,
  limitMs,
}: Pick<Target, 'host' | 'port' | 'limitMs'>): Connection {
  let client: RawClient | undefined

  const end = () => {
    client?.destroy()
    client = undefined
  }

  async function exchange(request: string): Promise<Answer> {
    const isFresh = client === undefined
    client ??= new RawClient({ host, port, limitMs })
    try {
      const answer = await client.send(request).takeAnswer()
      if (isLast(answer) || client.received !== '') end()
      return answer
    } catch (error) {
      const wasIdle = !isFresh && client?.isClosed && client.received === ''
      end()
      // A server may close an idle connection before it sees the request. If it had seen it, its log would show that.
      if (wasIdle) return exchange(request)
      throw error
    }
  }

  return { exchange, end }
}

/** After a 413 the body may be unread: other cases test what follows on such a connection. */
function isLast({ status, headers }: Answer): boolean {
  return headers.get('connection')?.toLowerCase() === 'close' || status === 413
}
