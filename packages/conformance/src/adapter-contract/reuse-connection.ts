import type { Answer } from '@countersign/testing/http'
import { RawClient } from '@countersign/testing/http'
import type { Target } from './contract-program.js'

/** One connection after the other, each used for as long as the server keeps it. */
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
      // The server closed it before it saw the request, as it may at any time. The server's log would show if it had not.
      if (wasIdle) return exchange(request)
      throw error
    }
  }

  return { exchange, end }
}

/** What follows on a connection whose body was refused unread is another case's matter. */
function isLast({ status, headers }: Answer): boolean {
  return headers.get('connection')?.toLowerCase() === 'close' || status === 413
}
